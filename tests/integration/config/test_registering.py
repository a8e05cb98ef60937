"""What the command registers: organs, staff, matters; the same again changes nothing."""

import io
from pathlib import Path

import pytest

from suban.catalogue.queries import get_matter
from suban.config.cli import main, setting_up
from suban.demo.loading import MATTER
from suban.identity.queries import get_organ, list_grants, list_staff
from suban.identity.types import Role

ORGAN = "11321100MB0AAM0125"
DISTRICT = "11321102MB0JK0015X"
MATTERS = Path(__file__).parents[3] / "src" / "suban" / "catalogue" / "matters"


@pytest.fixture
def organ(db: None) -> str:
    assert main(["organ", "add", ORGAN, "--name", "示例市办公室", "--level", "3", "--region", "321100"]) == 0
    return ORGAN


def type_in(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))


def test_an_organ_is_added_below_another_once(organ: str, capsys: pytest.CaptureFixture[str]) -> None:
    add = ["organ", "add", DISTRICT, "--name", "示例区办公室", "--level", "4", "--region", "321102"]

    assert main([*add, "--parent", organ]) == 0
    assert main([*add, "--parent", organ]) == 0

    assert "already there" in capsys.readouterr().out
    assert get_organ(DISTRICT).parent == organ


def test_a_staff_member_gets_the_roles_that_are_missing(organ: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add = ["staff", "add", "shouli", "--name", "收件员甲", "--organ", organ, "--post", "综合窗口"]
    type_in(monkeypatch, "a-long-password-of-tests")

    assert main([*add, "--role", "clerk"]) == 0
    assert main([*add, "--role", "clerk", "--role", "dispatcher"]) == 0

    (staff,) = list_staff(organ)
    assert sorted(grant.role for grant in list_grants(staff.ref)) == [Role.CLERK, Role.DISPATCHER]


def test_a_weak_password_opens_no_account(
    organ: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, "short")

    assert main(["staff", "add", "shouli", "--name", "甲", "--organ", organ, "--post", "窗口"]) == 1

    assert "密码不可用" in capsys.readouterr().err
    assert list_staff(organ) == []


def test_a_matter_is_checked_and_published(organ: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["matter", "lint", str(MATTERS / "yaoshi.yaml")]) == 0
    assert main(["matter", "publish", str(MATTERS / "yaoshi.yaml")]) == 0

    assert "没有问题" in capsys.readouterr().out
    assert get_matter(MATTER).version == 1


def test_a_matter_that_cannot_be_read_is_refused(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["matter", "lint", "nowhere.yaml"]) == 1
    assert "nowhere.yaml" in capsys.readouterr().err


def test_an_unknown_organ_is_said(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["staff", "add", "a", "--name", "甲", "--organ", ORGAN, "--post", "窗口"]) == 1
    assert "没有这个机构" in capsys.readouterr().err


def test_setup_before_migrate_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setting_up, "check_database", lambda: iter(["run `suban migrate`"]))

    assert main(["setup"]) == 1
    assert "suban migrate" in capsys.readouterr().err


def test_an_administrator_without_an_organ_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["setup", "--admin", "guanliyuan"]) == 2
    assert "--organ-code" in capsys.readouterr().err
