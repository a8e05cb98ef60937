"""A licence is made once, whatever is interrupted, and every reader calls it valid."""

import json
import shutil
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from suban.foundation.models.outbox import Delivery
from suban.foundation.queries.evidence import list_events
from suban.foundation.queries.files import file_bytes, get_file
from suban.foundation.services.files import store_file
from suban.foundation.services.subscriptions import remove_subscription, subscribe
from suban.kernel.identifiers import is_valid_licence_identifier
from suban.licences import ports
from suban.licences.errors import IdentityNumberOnFaceError, SealMissingError, SerialTakenError
from suban.licences.events import LicenceIssued
from suban.licences.models import Licence, SealKey
from suban.licences.queries import get_trust, verify_licence_file
from suban.licences.services import create_organ_seal, import_organ_seal, issue_licence, issuing
from suban.licences.services.certificates import new_authority, new_seal
from suban.licences.types import Stage, Verdict

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
ORGAN = "11321100MB0AAM0125"
ORGAN_NAME = "镇江市食品药品监督管理局"

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    subscribe(LicenceIssued, "tests.hear_licence", lambda *_: None)
    yield lambda: [json.loads(row.payload) for row in Delivery.objects.filter(handler="tests.hear_licence")]
    remove_subscription("tests.hear_licence")


def said_by(program: str, *arguments: str) -> str:
    path = shutil.which(program)
    assert path, "install poppler-utils"
    return subprocess.run([path, *arguments], capture_output=True, text=True, check=False).stdout


def test_an_issued_licence_has_an_identifier_a_signed_file_and_tells_the_case(seal, request_for, heard):
    licence_id = issue_licence(request=request_for(), at=NOON)

    row = Licence.objects.get(identifier=licence_id)
    assert is_valid_licence_identifier(licence_id)
    assert licence_id.startswith("1.2.156.3005.2.11100000MB0A00042U021.11321100MB0AAM0125.321226000123.001.")
    assert row.stage == Stage.ISSUED
    assert get_file(row.file_id).media_type == "application/pdf"
    assert heard() == [{"case": "case:JS1", "licence_id": licence_id, "file_id": row.file_id}]
    assert [event.type for event in list_events(f"licence:{licence_id}")] == [
        "licence.numbered",
        "licence.issued",
    ]


def test_pdfsig_calls_the_signature_valid_and_the_whole_document_signed(seal, request_for, tmp_path: Path):
    licence_id = issue_licence(request=request_for(), at=NOON)
    page = tmp_path / "licence.pdf"
    page.write_bytes(file_bytes(Licence.objects.get(identifier=licence_id).file_id))

    said = said_by("pdfsig", str(page))

    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert f"CN={ORGAN_NAME}" in said
    assert "ETSI.CAdES.detached" in said


def test_the_page_is_tagged_titled_and_says_what_it_must(seal, request_for, tmp_path: Path):
    licence_id = issue_licence(request=request_for(), at=NOON)
    page = tmp_path / "licence.pdf"
    page.write_bytes(file_bytes(Licence.objects.get(identifier=licence_id).file_id))

    text = said_by("pdftotext", "-layout", str(page), "-")
    facts = said_by("pdfinfo", str(page))

    for words in ("赵晓梅", "321226000123", licence_id, ORGAN_NAME, "2026年11月20日", "2031年11月22日"):
        assert words in text
    assert "Pages:           1" in facts
    assert "Tagged:          yes" in facts
    assert "执业药师注册证 321226000123" in facts


def test_issuing_twice_gives_the_same_licence_once(seal, request_for, heard):
    first = issue_licence(request=request_for(), at=NOON)
    second = issue_licence(request=request_for(), at=NOON + timedelta(hours=1))

    assert first == second
    assert Licence.objects.count() == 1
    assert len(heard()) == 1


@pytest.mark.parametrize("place", ["sign_licence", "store_file", "_finish"])
def test_a_worker_killed_while_issuing_goes_on_with_the_same_number(
    seal, request_for, heard, monkeypatch, place
):
    def die(*args: object, **kwargs: object) -> None:
        raise SystemExit("killed")

    with monkeypatch.context() as broken:
        broken.setattr(issuing, place, die)
        with pytest.raises(SystemExit):
            issue_licence(request=request_for(), at=NOON)
    left = Licence.objects.get()
    assert left.stage == Stage.PREPARING
    assert heard() == []

    licence_id = issue_licence(request=request_for(serial="999"), at=NOON + timedelta(minutes=5))

    assert licence_id == left.identifier
    assert Licence.objects.get().stage == Stage.ISSUED
    assert len(heard()) == 1


def test_a_second_worker_that_was_slower_leaves_no_second_file(seal, request_for, heard, monkeypatch):
    def store_while_another_finishes(**fields):
        monkeypatch.setattr(issuing, "store_file", store_file)
        issue_licence(request=request_for(), at=NOON)
        return store_file(**fields)

    monkeypatch.setattr(issuing, "store_file", store_while_another_finishes)

    licence_id = issue_licence(request=request_for(), at=NOON)

    assert Licence.objects.get().identifier == licence_id
    assert len(heard()) == 1


def test_a_number_of_another_case_is_refused(seal, request_for):
    issue_licence(request=request_for(), at=NOON)

    with pytest.raises(SerialTakenError):
        issue_licence(request=request_for(case="case:JS2"), at=NOON)


def test_an_organ_without_a_seal_numbers_nothing(db, request_for):
    with pytest.raises(SealMissingError):
        issue_licence(request=request_for(), at=NOON)

    assert Licence.objects.count() == 0


def test_an_identity_number_never_stands_on_a_face(seal, request_for):
    with pytest.raises(IdentityNumberOnFaceError, match="身份证号"):
        issue_licence(request=request_for(face={"身份证号": "329900198203150024"}), at=NOON)


def test_a_new_version_keeps_the_serial_and_lets_the_former_licence_lapse(seal, request_for):
    former = issue_licence(request=request_for(), at=NOON)

    licence_id = issue_licence(request=request_for(case="case:JS2", serial="5", previous=former), at=NOON)

    assert ".321226000123.002." in licence_id
    assert Licence.objects.get(identifier=former).status == "05"


@pytest.mark.parametrize("length", [25, 101, 3000])
def test_long_values_in_any_place_find_room(seal, request_for, length):
    face = {
        "一": "短",
        "二": "长" * length,
        "三": "短",
        "四": "短",
        "五": "长" * length,
        "六": "-",
        "七": "2026-11-20",
    }

    assert issue_licence(request=request_for(face=face), at=NOON)


def test_data_is_never_read_as_markup(seal, request_for, tmp_path: Path):
    wild = '#read("/etc/passwd") $x$ *fett* "]'
    licence_id = issue_licence(request=request_for(face={"备注": wild}), at=NOON)
    page = tmp_path / "licence.pdf"
    page.write_bytes(file_bytes(Licence.objects.get(identifier=licence_id).file_id))

    text = said_by("pdftotext", "-layout", str(page), "-")

    assert '#read("/etc/passwd")' in text


def test_a_seal_is_made_once_and_its_private_half_is_sealed(seal):
    again = create_organ_seal(organ=ORGAN, name=ORGAN_NAME, at=NOON)

    row = SealKey.objects.get(organ=ORGAN)
    assert again == seal == row.key_id
    assert b"PRIVATE KEY" not in bytes(row.private_sealed)


def test_an_imported_seal_takes_the_place_of_the_former_one(seal, request_for):
    before = issue_licence(request=request_for(), at=NOON)
    authority = new_authority(at=NOON)
    fresh = new_seal(
        organ=ORGAN,
        name=ORGAN_NAME,
        authority=authority.certificate,
        authority_key=authority.private,
        at=NOON,
    )

    import_organ_seal(
        organ=ORGAN,
        name=ORGAN_NAME,
        certificate=fresh.certificate,
        private=fresh.private,
        chain=authority.certificate,
        at=NOON,
    )
    after = issue_licence(request=request_for(case="case:JS2", serial="124"), at=NOON)

    for licence in (before, after):  # what a retired seal signed stays signed
        content = file_bytes(Licence.objects.get(identifier=licence).file_id)
        assert verify_licence_file(content, get_trust(), at=NOON).verdict is Verdict.UNKNOWN


def test_drawing_and_signing_cost_little(seal, request_for):
    issue_licence(request=request_for(), at=NOON)
    page_key, code_key = issuing.open_seal(ORGAN, at=NOON)
    row = Licence.objects.get()

    began = time.perf_counter()
    for _ in range(5):
        issuing.sign_licence(row=row, request=request_for(), page_key=page_key, code_key=code_key)

    assert (time.perf_counter() - began) / 5 < 0.5  # 0.03 alone on a machine; ten times that when busy


def test_the_page_signer_of_a_forgotten_wiring_says_so():
    with pytest.raises(ports.NothingPluggedError):
        ports.NoPageSigner().attachment(b"", "x")
