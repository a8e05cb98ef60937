"""Who may not see or touch a case finds none."""

from datetime import timedelta

import pytest

from suban.cases.errors import UnknownCaseError
from suban.cases.models import Case
from suban.cases.queries.applicants import find_public_status, get_receipt, list_my_cases, open_case_for
from suban.cases.queries.files import find_letter_file, find_material_file
from suban.cases.queries.staff import open_case_file
from suban.cases.services.drafts import discard_draft, save_answers
from suban.cases.services.materials import remove_material
from suban.cases.services.submission import submit_case, withdraw_case
from suban.cases.types import State
from suban.foundation.queries.access_log import list_reads
from suban.foundation.services.access_log import flush_reads
from suban.kernel.errors import DomainError


@pytest.fixture
def stranger(sign_in):
    """The employer's own natural person: another applicant."""
    return sign_in("yaodian")


STRANGE_ACTS = {
    "open": lambda actor, number, at: open_case_for(actor=actor, number=number, at=at),
    "receipt": lambda actor, number, _at: get_receipt(actor=actor, number=number),
    "save": lambda actor, number, at: save_answers(actor=actor, number=number, answers={}, at=at),
    "submit": lambda actor, number, at: submit_case(actor=actor, number=number, at=at),
    "withdraw": lambda actor, number, at: withdraw_case(actor=actor, number=number, at=at),
    "discard": lambda actor, number, at: discard_draft(actor=actor, number=number, at=at),
    "remove": lambda actor, number, at: remove_material(
        actor=actor, number=number, slot="photo", key="x", at=at
    ),
    "file": lambda actor, number, at: find_material_file(actor=actor, number=number, key="x", at=at),
    "letter": lambda actor, number, at: find_letter_file(actor=actor, number=number, key="x", at=at),
}


@pytest.mark.parametrize("act", STRANGE_ACTS)
def test_somebody_elses_number_is_no_number(office, stranger, employer, at, act) -> None:
    said = set()
    for actor in (stranger, employer):
        for number in (office.number, "JS3211-2026-9999999-0"):
            with pytest.raises(UnknownCaseError) as refusal:
                STRANGE_ACTS[act](actor, number, at)
            said.add(refusal.value.message)

    assert len(said) == 1
    assert office.row.state == State.DRAFT


def test_a_clerk_of_another_city_finds_no_file(office, sign_in, at) -> None:
    office.submit()
    key = office.row.materials.exclude(file_id="").first().key

    with pytest.raises(UnknownCaseError):
        open_case_file(actor=sign_in("nanjing"), number=office.number, at=at)
    with pytest.raises(UnknownCaseError):
        find_material_file(actor=sign_in("nanjing"), number=office.number, key=key, at=at)


def test_a_draft_is_nobody_elses_business(office, at) -> None:
    with pytest.raises(UnknownCaseError):
        open_case_file(actor=office.clerk, number=office.number, at=at)


def test_an_officer_who_looks_is_written_down(office, at) -> None:
    office.submit()
    key = office.row.materials.get(slot="photo", removed_at=None).key

    open_case_file(actor=office.clerk, number=office.number, at=at)
    assert find_material_file(actor=office.clerk, number=office.number, key=key, at=at)
    flush_reads()

    reads = [read for read in list_reads(office.applicant.party) if read.actor == office.clerk.ref]
    assert {read.case for read in reads} == {f"case:{office.number}"}
    assert {what for read in reads for what in read.what} >= {"申请表", "申请材料"}


def test_a_removed_material_has_no_file_any_more(office, at) -> None:
    photo = office.row.materials.get(slot="photo", removed_at=None)
    remove_material(actor=office.applicant, number=office.number, slot="photo", key=photo.key, at=at)

    with pytest.raises(UnknownCaseError):
        find_material_file(actor=office.applicant, number=office.number, key=photo.key, at=at)


def test_number_and_code_show_the_progress_and_nothing_personal(office) -> None:
    receipt = office.submit()

    status = find_public_status(number=receipt.number, query_code=receipt.query_code)
    same = find_public_status(number=receipt.official_number, query_code=receipt.query_code)

    assert status == same
    assert "林示例" not in repr(status)
    assert "329900" not in repr(status)


@pytest.mark.parametrize("code", ["", "000000x", "密码"])
def test_a_wrong_code_and_a_wrong_number_look_the_same(office, code) -> None:
    receipt = office.submit()

    with pytest.raises(UnknownCaseError) as wrong_code:
        find_public_status(number=receipt.number, query_code=code)
    with pytest.raises(UnknownCaseError) as wrong_number:
        find_public_status(number="JS3211-2026-9999999-0", query_code=receipt.query_code)
    assert wrong_code.value.message == wrong_number.value.message


def test_a_draft_has_no_code_that_an_empty_one_could_match(office) -> None:
    with pytest.raises(UnknownCaseError):
        find_public_status(number=office.number, query_code="")


def test_my_cases_are_mine(office, stranger, employer, at) -> None:
    office.submit(at + timedelta(minutes=1))

    assert [line.number for line in list_my_cases(actor=office.applicant).lines] == [office.number]
    assert list_my_cases(actor=stranger).lines == ()
    assert list_my_cases(actor=employer).lines == ()


def test_refusals_say_what_to_do(office, at) -> None:
    with pytest.raises(DomainError) as refusal:
        withdraw_case(actor=office.applicant, number=office.number, at=at)

    assert refusal.value.code == "case.move_not_allowed"
    assert "请刷新页面" in refusal.value.message
    assert Case.objects.get(number=office.number).state == State.DRAFT
