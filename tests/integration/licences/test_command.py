"""`suban verify-licence`: files in, a sentence and an exit code out."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from suban.config.cli import main
from suban.foundation.queries.files import file_bytes
from suban.identity.types import SYSTEM
from suban.kernel.clock import civil_day, now
from suban.licences.models import Licence
from suban.licences.queries import get_status_list, get_trust
from suban.licences.rules.codes import dump_trust
from suban.licences.services import create_organ_seal, issue_licence, publish_status_list, suspend_licence

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(tmp_path: Path, request_for) -> Path:
    """Return a folder as a checker has it: the licence, the trust list, the status list."""
    at = now()
    create_organ_seal(organ="11321100MB0AAM0125", name="镇江市食品药品监督管理局", at=at)
    licence = issue_licence(
        request=request_for(issued_on=civil_day(at), expires_on=civil_day(at) + timedelta(days=1800)), at=at
    )
    publish_status_list(at=at)
    (tmp_path / "licence.pdf").write_bytes(file_bytes(Licence.objects.get(identifier=licence).file_id))
    (tmp_path / "trust.json").write_bytes(dump_trust(get_trust()))
    (tmp_path / "status-list.json").write_bytes(get_status_list())
    return tmp_path


def run(desk: Path, *more: str, file: str = "licence.pdf") -> int:
    trust = ["--trust", str(desk / "trust.json"), "--status-list", str(desk / "status-list.json")]
    return main(["verify-licence", file if "://" in file else str(desk / file), *trust, *more])


def test_a_valid_licence_ends_with_0_and_says_both_dates(desk, capsys):
    assert run(desk) == 0

    said = capsys.readouterr().out
    assert f"签发于 {civil_day(now())}，状态截至 {civil_day(now())}" in said
    assert "为 有效" in said


def test_machines_get_json(desk, capsys):
    assert run(desk, "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert told["valid"] is True
    assert told["status"] == {"code": "01", "label": "有效"}
    assert told["page"]["organ"] == "11321100MB0AAM0125"


def test_an_altered_licence_ends_with_1(desk, capsys):
    content = bytearray((desk / "licence.pdf").read_bytes())
    content[4000] ^= 1
    (desk / "altered.pdf").write_bytes(content)

    assert run(desk, file="altered.pdf") == 1
    assert "核验未通过" in capsys.readouterr().out


def test_a_missing_file_ends_with_2_and_is_named(desk, capsys):
    assert run(desk, file="nothing.pdf") == 2
    assert "nothing.pdf" in capsys.readouterr().err


def test_a_false_status_list_ends_with_2(desk, capsys):
    (desk / "status-list.json").write_text("{}")

    assert run(desk) == 2
    assert "名单" in capsys.readouterr().err


def test_a_suspended_licence_ends_with_3(desk):
    suspend_licence(licence_id=Licence.objects.get().identifier, ground="处罚", by=SYSTEM, at=now())
    publish_status_list(at=now())
    (desk / "status-list.json").write_bytes(get_status_list())

    assert run(desk) == 3


def test_without_a_status_list_it_ends_with_4(desk, capsys):
    (desk / "status-list.json").unlink()

    assert run(desk) == 4
    assert "当前状态未知" in capsys.readouterr().out


def test_a_scanned_code_is_checked_too(desk):
    row = Licence.objects.get()

    assert run(desk, file=f"https://example.test/verify/{row.identifier}#{row.code}") == 0
