"""Each role sees of a case what its work needs: a table of roles and parts."""

from dataclasses import replace

import pytest

from suban.cases.errors import UnknownCaseError
from suban.cases.queries.files import find_letter_file, find_material_file
from suban.cases.queries.previews import preview_decision
from suban.cases.queries.staff import open_case_file
from suban.demo.people import ORGAN
from suban.foundation.queries.access_log import list_reads
from suban.foundation.services.access_log import flush_reads
from suban.identity.types import Actor, Grant, Role
from suban.kernel.references import make_ref
from suban.licences.errors import UnknownLicenceError
from suban.licences.queries import get_licence_of_case

CONTENT = ("party_details", "answers", "slots", "checks")
RESULT = ("address", "letters")
# role: sees answers and materials, name and address and letters, opinions
SIGHTS = {
    Role.CLERK: (True, True, True),
    Role.EXAMINER: (True, True, True),
    Role.REVIEWER: (True, True, True),
    Role.DECIDER: (True, True, True),
    Role.DISPATCHER: (False, True, False),
    Role.SUPERVISOR: (False, False, True),
    Role.ADMINISTRATOR: None,
}


def test_the_table_names_every_role() -> None:
    assert set(SIGHTS) == set(Role)


@pytest.fixture
def officer(office):
    """Return an officer who holds just these roles in the organ of the case."""

    def make(*roles: Role, matters: frozenset[str] | None = None) -> Actor:
        grants = tuple(Grant(role, frozenset({ORGAN}), matters) for role in roles)
        return replace(office.clerk, ref=make_ref("staff", "0" * 32), grants=grants)

    return make


@pytest.fixture
def granted(office, ems):
    """The case with its decision, its letters written and its licence issued."""
    office.issue()
    office.work()
    return office


@pytest.mark.parametrize("role", [role for role, sight in SIGHTS.items() if sight])
def test_a_role_opens_its_part_of_the_file(granted, officer, at, role: Role) -> None:
    content, result, progress = SIGHTS[role]

    file = open_case_file(actor=officer(role), number=granted.number, at=at)

    assert [bool(getattr(file, part)) for part in CONTENT] == [content] * len(CONTENT)
    assert [bool(getattr(file, part)) for part in RESULT] == [result] * len(RESULT)
    assert (file.sees_content, file.sees_result, bool(file.opinions)) == (content, result, progress)
    assert ("329900198203150024" in repr(file)) is content
    assert (file.party_name == "林示例") is result
    assert file.timeline
    assert file.result


def test_an_administrator_alone_finds_no_case(granted, officer, at) -> None:
    key = granted.row.letters.get(kind="grant").key

    with pytest.raises(UnknownCaseError):
        open_case_file(actor=officer(Role.ADMINISTRATOR), number=granted.number, at=at)
    with pytest.raises(UnknownCaseError):
        find_letter_file(actor=officer(Role.ADMINISTRATOR), number=granted.number, key=key, at=at)


@pytest.mark.parametrize("role", Role)
def test_materials_are_for_those_who_judge_them(granted, officer, at, role: Role) -> None:
    key = granted.row.materials.get(slot="photo", removed_at=None).key
    sight = SIGHTS[role]

    if sight and sight[0]:
        assert find_material_file(actor=officer(role), number=granted.number, key=key, at=at)
    else:
        with pytest.raises(UnknownCaseError):
            find_material_file(actor=officer(role), number=granted.number, key=key, at=at)


def test_who_hands_over_gets_the_letters_of_the_result_only(granted, officer, at) -> None:
    dispatcher = officer(Role.DISPATCHER)
    letters = {letter.kind: letter.key for letter in granted.row.letters.all()}

    file = open_case_file(actor=dispatcher, number=granted.number, at=at)

    assert {letter.kind for letter in file.letters} == {"grant"}
    assert find_letter_file(actor=dispatcher, number=granted.number, key=letters["grant"], at=at)
    with pytest.raises(UnknownCaseError):
        find_letter_file(actor=dispatcher, number=granted.number, key=letters["acceptance"], at=at)
    with pytest.raises(UnknownCaseError):
        find_letter_file(actor=officer(Role.SUPERVISOR), number=granted.number, key=letters["grant"], at=at)


def test_only_who_judges_sees_a_letter_before_it_is_sent(granted, officer, at) -> None:
    with pytest.raises(UnknownCaseError):
        preview_decision(actor=officer(Role.DISPATCHER), number=granted.number, grants=True, at=at)
    assert preview_decision(actor=officer(Role.DECIDER), number=granted.number, grants=True, at=at)


def test_the_log_says_what_was_seen(granted, officer, at) -> None:
    open_case_file(actor=officer(Role.DISPATCHER), number=granted.number, at=at)
    flush_reads()

    [read] = [read for read in list_reads(granted.applicant.party) if read.actor == f"staff:{'0' * 32}"]
    assert read.purpose == "送达结果"
    assert "申请材料" not in read.what


def test_a_grant_for_other_matters_opens_neither_case_nor_licence(granted, officer, at) -> None:
    case = f"case:{granted.number}"
    other = officer(Role.CLERK, matters=frozenset({"another-matter"}))
    own = officer(Role.CLERK, matters=frozenset({granted.row.matter_code}))

    with pytest.raises(UnknownCaseError):
        open_case_file(actor=other, number=granted.number, at=at)
    with pytest.raises(UnknownLicenceError):
        get_licence_of_case(other, case, at=at)
    assert get_licence_of_case(own, case, at=at)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_a_licence_is_not_for_those_who_have_nothing_to_do_with_it(granted, officer, at, role) -> None:
    with pytest.raises(UnknownLicenceError):
        get_licence_of_case(officer(role), f"case:{granted.number}", at=at)


def test_two_roles_open_what_both_need(granted, officer, at) -> None:
    both = officer(Role.DISPATCHER, Role.SUPERVISOR)

    file = open_case_file(actor=both, number=granted.number, at=at)

    assert file.address
    assert file.opinions
    assert not file.sees_content
