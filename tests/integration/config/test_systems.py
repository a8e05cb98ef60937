"""`suban system`: a secret is shown once, kept when the address changes, and rotated."""

import io
import re

import pytest

from suban.config.cli import main
from suban.departments.queries import find_system

ORGAN = "11321100MB0AAM0125"
ADD = ["system", "add", "jt-yunguan", "--name", "道路运输管理系统", "--organ", ORGAN]


@pytest.fixture(autouse=True)
def _organ(db: None) -> None:
    assert main(["organ", "add", ORGAN, "--name", "示例市办公室", "--level", "3", "--region", "321100"]) == 0


def _secret(said: str) -> str:
    (found,) = re.findall(r"^[0-9a-f]{64}$", said, re.MULTILINE)
    return str(found)


def test_a_system_is_registered_moved_rotated_and_switched(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ADD, "--url", "https://transport.test/suban"]) == 0
    first = _secret(capsys.readouterr().out)

    assert main([*ADD, "--url", "https://elsewhere.test"]) == 0
    assert first not in capsys.readouterr().out
    assert main(["system", "rotate", "jt-yunguan", "--days", "0"]) == 0
    assert _secret(capsys.readouterr().out) != first
    assert main(["system", "disable", "jt-yunguan"]) == 0
    assert main(["system", "list"]) == 0

    said = capsys.readouterr().out
    assert "jt-yunguan  off" in said
    assert "https://elsewhere.test" in said
    assert not re.search(r"[0-9a-f]{64}", said)


def test_a_given_secret_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a-long-secret-of-tests\n"))

    assert main([*ADD, "--url", "https://transport.test", "--secret-stdin"]) == 0

    assert "a-long-secret" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([*ADD, "--url", "http://transport.test"], id="not encrypted"),
        pytest.param(["system", "rotate", "nobody"], id="nobody"),
        pytest.param(["system", "enable", "nobody"], id="nobody to enable"),
    ],
)
def test_what_will_not_do_is_refused_in_words(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1

    assert capsys.readouterr().err
    assert find_system("jt-yunguan") is None
