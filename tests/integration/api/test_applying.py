"""An applicant's own system: drafts, answers, materials, files; nobody else's."""

from io import BytesIO
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.integration.api.conftest import Program
from tests.integration.cases.conftest import PDF, PNG, answers

from suban.api.urls import api
from suban.cases.models import Case
from suban.config.uploads import LimitedUploads
from suban.config.wsgi import application

pytestmark = pytest.mark.django_db


def test_the_same_key_gives_the_same_case(applicant: Program) -> None:
    numbers = {applicant.start().json()["number"] for _ in range(5)}

    assert len(numbers) == Case.objects.count() == 1
    assert applicant.start("key-00000002").json()["number"] not in numbers


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_five_at_once_make_one_case(applicant: Program) -> None:
    start, answers = Barrier(5), []

    def call() -> None:
        start.wait()
        answers.append(applicant.start().json())
        connection.close()

    threads = [Thread(target=call) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({answer["number"] for answer in answers}) == 1
    assert Case.objects.count() == 1


def test_without_a_key_nothing_is_started(applicant: Program) -> None:
    answer = applicant.post("/cases", {"matter_code": "1"})

    assert answer.status_code == 422
    assert {"header", "Idempotency-Key"} <= set(answer.json()["problems"][0].values())


def test_the_key_of_another_request_is_refused(applicant: Program, number: str) -> None:
    other = next(
        card["code"]
        for card in applicant.get("/matters").json()["items"]
        if card["code"] != applicant.get(f"/cases/{number}").json()["matter_code"]
        and card["target"] == "person"
    )

    answer = applicant.start(matter=other)

    assert answer.status_code == 409
    assert answer.json()["code"] == "case.idempotency_conflict"


def test_answers_are_kept_and_a_stale_writer_is_told(applicant: Program, number: str) -> None:
    before = applicant.get(f"/cases/{number}/answers").json()["revision"]
    saved = applicant.put(f"/cases/{number}/answers", {"answers": answers(), "revision": before})
    stale = applicant.put(f"/cases/{number}/answers", {"answers": {}, "revision": before})

    assert saved.json()["revision"] == before + 1
    assert stale.status_code == 409
    assert stale.json()["code"] == "case.stale_draft"
    assert applicant.get(f"/cases/{number}/answers").json()["answers"]["major"] == "药学"


def test_submitting_too_early_names_everything_that_is_missing(applicant: Program, number: str) -> None:
    answer = applicant.post(f"/cases/{number}/submit")

    assert answer.status_code == 409
    assert answer.json()["code"] == "case.incomplete"
    assert {"field", "material"} <= {fault["where"] for fault in answer.json()["problems"]}


def test_an_upload_comes_back_as_it_was_and_only_to_its_owner(
    applicant: Program, stranger: Program, number: str
) -> None:
    key = applicant.upload(f"/cases/{number}/materials/photo", SimpleUploadedFile("照片.png", PNG)).json()[
        "key"
    ]
    path = f"/cases/{number}/materials/{key}/file"

    file = applicant.get(path)

    assert b"".join(file.streaming_content) == PNG
    assert file["Content-Disposition"].startswith("attachment")
    assert stranger.get(path).status_code == 404
    assert applicant.delete(f"/cases/{number}/materials/photo/files/{key}").status_code == 204
    assert applicant.get(path).status_code == 404


def test_a_program_in_the_clothes_of_a_pdf_is_refused(applicant: Program, number: str) -> None:
    file = SimpleUploadedFile("体检.pdf", b"MZ\x90\x00" + bytes(200))

    answer = applicant.upload(f"/cases/{number}/materials/health_proof", file)

    assert answer.status_code == 422
    assert answer.json()["code"] == "foundation.file_type_not_allowed"


def test_a_file_over_the_limit_is_refused(applicant: Program, number: str, monkeypatch) -> None:
    monkeypatch.setattr(settings.SUBAN, "max_upload_bytes", len(PDF) - 1)

    answer = applicant.upload(f"/cases/{number}/materials/health_proof", SimpleUploadedFile("体检.pdf", PDF))

    assert answer.status_code == 413
    assert answer.json()["code"] == "foundation.file_too_large"


@pytest.mark.parametrize("size", [2 * 1024**3, settings.SUBAN.max_upload_bytes + 2 * 1024**2])
def test_a_huge_upload_is_refused_before_it_is_read(size: int) -> None:
    told: list[str] = []
    body = BytesIO(b"x" * 1000)
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/v1/cases/JS3211-2026-0000001-8/materials/photo",
        "CONTENT_LENGTH": str(size),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "wsgi.input": body,
        "wsgi.url_scheme": "http",
        "QUERY_STRING": "",
    }

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        told.extend([status, dict(headers)["Content-Type"]])

    answer = b"".join(application(environ, start))

    assert isinstance(application, LimitedUploads)
    assert told[0].startswith("413")
    assert told[1] == "application/problem+json"
    assert b'"code":' in answer
    assert body.tell() == 0


def _case_paths() -> list[tuple[str, str]]:
    return [
        (method, path.removeprefix("/api/v1"))
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
        if path.startswith("/api/v1/cases/{number}")
    ]


BODIES = {
    "/cases/{number}/answers": {"answers": {}},
    "/cases/{number}/delivery": {"way": "post"},
    "/cases/{number}/form/confirm": {"revision": 1},
    "/cases/{number}/mending": {"answers": {}},
    "/cases/{number}/reconsideration": {"wish": "撤销决定", "reasons": "事实不清"},
}


def test_for_a_stranger_the_case_does_not_exist(applicant: Program, stranger: Program, number: str) -> None:
    seen = []
    for method, path in _case_paths():
        address = path.replace("{number}", number).replace("{slot}", "photo").replace("{key}", "0" * 32)
        if path.endswith("/materials/{slot}"):
            answer = stranger.upload(address, SimpleUploadedFile("照片.png", PNG))
        else:
            answer = stranger(method.upper(), address, BODIES.get(path))
        seen.append((method, path, answer.status_code, answer.json()["code"]))

    assert len(seen) > 20
    assert not [line for line in seen if line[2:] != (404, "case.not_found")]


def test_somebody_elses_case_and_none_look_the_same(
    applicant: Program, stranger: Program, number: str
) -> None:
    assert stranger.get(f"/cases/{number}").json() == stranger.get("/cases/JS9999-2026-9999999-9").json()


def test_cases_are_listed_page_by_page(applicant: Program) -> None:
    started = [applicant.start(f"key-{index:08d}").json()["number"] for index in range(3)]

    first = applicant.get("/cases?limit=2").json()
    second = applicant.get(f"/cases?limit=2&cursor={first['next']}").json()

    assert [item["number"] for item in first["items"] + second["items"]] == started[::-1]
    assert second["next"] == ""


def test_a_draft_can_be_given_up(applicant: Program, number: str) -> None:
    assert applicant.delete(f"/cases/{number}").status_code == 204
    assert applicant.get("/cases").json()["items"] == []


def test_staff_do_not_apply_here(program_of) -> None:
    answer = program_of("shouli").get("/cases")

    assert answer.status_code == 403
    assert answer.json()["code"] == "api.not_for_you"
