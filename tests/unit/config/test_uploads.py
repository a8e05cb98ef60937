"""What is too large is refused before it is read."""

import json
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pytest

from suban.config import uploads
from suban.config.uploads import OVERHEAD, LimitedUploads

LIMIT = 20 * 1024 * 1024


class Unread(BytesIO):
    def read(self, _size: int | None = -1, /) -> bytes:
        raise AssertionError("the body was read")


def ask(environ: dict[str, Any]) -> tuple[str, dict[str, str], bytes]:
    answer: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        answer.update(status=status, headers=dict(headers))

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [environ["wsgi.input"].read()]

    body = b"".join(LimitedUploads(application, max_file=LIMIT)(environ, start_response))
    return answer["status"], answer["headers"], body


def test_two_gigabytes_are_refused_unread_with_words() -> None:
    status, headers, body = ask({"CONTENT_LENGTH": "2147483648", "wsgi.input": Unread()})

    assert status.startswith("413")
    assert headers["Connection"] == "close"
    assert "每个文件不能超过 20 MB" in body.decode()


@pytest.mark.parametrize("hint", [{"PATH_INFO": "/api/v1/files"}, {"HTTP_ACCEPT": "application/json"}])
def test_a_program_gets_a_problem_document(hint: dict[str, str]) -> None:
    status, headers, body = ask({"CONTENT_LENGTH": "2147483648", "wsgi.input": Unread()} | hint)

    assert (status[:3], headers["Content-Type"]) == ("413", "application/problem+json")
    assert json.loads(body)["code"] == "request.too_large"


@pytest.mark.parametrize("length", ["-1", "abc", "١٢"])
def test_a_length_that_is_no_number_is_refused(length: str) -> None:
    assert ask({"CONTENT_LENGTH": length, "wsgi.input": Unread()})[0].startswith("400")


@pytest.mark.parametrize("length", ["", "4", str(LIMIT + OVERHEAD)])
def test_what_is_within_the_limit_passes(length: str) -> None:
    status, _, body = ask({"CONTENT_LENGTH": length, "wsgi.input": BytesIO(b"form")})

    assert (status, body) == ("200 OK", b"form")


def test_a_body_that_trickles_in_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "_PATIENCE", -1.0)

    with pytest.raises(TimeoutError):
        ask({"CONTENT_LENGTH": "4", "wsgi.input": BytesIO(b"form")})
