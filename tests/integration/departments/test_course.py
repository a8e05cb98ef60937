"""A matter that a department's own system handles: pushed once, the same law, nothing typed here."""

import pytest
from tests.integration.departments.conftest import fill

from suban.cases.errors import NotYourSeatError
from suban.cases.queries.staff import open_case_file
from suban.cases.queries.worklists import list_worklist
from suban.cases.services.handling import accept_case, deem_accepted
from suban.cases.services.submission import withdraw_case
from suban.departments.models import HandledCase, InboundMessage, Push
from suban.foundation.queries.access_log import list_reads
from suban.licences.queries import list_licences_of


def test_an_application_is_pushed_once_with_its_answers_and_materials(handed_in) -> None:
    (case,) = handed_in.department.list_cases()
    push = handed_in.department._cases[handed_in.number].application

    handed_in.department.play(handed_in.number)

    assert case["pushes"] == ["case_submitted"]
    assert push["protocol"] == "suban-department/1"
    assert {given["name"]: given["value"] for given in push["fields"]}["vehicles"] == 3
    assert push["applicant"]["uscc"] == "91321102MA1ABMR0X6"
    slots = {given["slot"] for given in push["materials"]}
    assert slots == {"application_form", "safety_rules"}
    assert all(handed_in.department._cases[handed_in.number].fetched.values())
    assert len(handed_in.department._cases[handed_in.number].fetched) == 2


def test_the_department_handles_it_and_the_licence_is_issued_with_its_number(handed_in, officer) -> None:
    handed_in.play()

    assert handed_in.state == "closed"
    assert handed_in.row.result_number == handed_in.department._number(
        handed_in.department._cases[handed_in.number]
    )
    file = open_case_file(actor=officer, number=handed_in.number, at=handed_in.row.received_at)
    assert file.result
    assert {entry.who for entry in file.timeline if entry.kind in {"case.accepted", "case.granted"}} == {
        "镇江市京口区交通运输局（演示）"
    }
    assert not Push.objects.exclude(state="delivered").exists()


def test_nobody_here_may_act_on_it_and_nothing_lies_on_a_worklist(handed_in, officer) -> None:
    at = handed_in.row.received_at

    assert not list_worklist(actor=officer, view="open", today=at.date()).lines
    assert not open_case_file(actor=officer, number=handed_in.number, at=at).acts
    with pytest.raises(NotYourSeatError):
        accept_case(actor=officer, number=handed_in.number, at=at)


def test_a_correction_is_asked_and_the_mended_application_pushed(handed_in) -> None:
    handed_in.play("correction")
    assert handed_in.state == "correction"
    handed_in.later(hours=3)
    handed_in.mend()

    handed_in.play()

    assert handed_in.department.list_cases()[0]["pushes"] == ["case_submitted", "correction_submitted"]
    assert handed_in.state == "closed"
    assert not InboundMessage.objects.exclude(outcome="applied").exists()


def test_a_refusal_with_reasons_reaches_the_applicant(handed_in) -> None:
    handed_in.play("refuse")

    assert "case.refused" in handed_in.events
    assert handed_in.row.letters.filter(kind="refusal").exists()


def test_a_withdrawal_is_pushed_and_a_decision_that_crosses_it_is_a_contradiction(handed_in) -> None:
    handed_in.propose()
    withdraw_case(actor=handed_in.employer, number=handed_in.number, at=handed_in.now)

    crossed = handed_in.tell("granted", result_number="321102000001", officer="0003")
    handed_in.work()
    handed_in.department.play(handed_in.number)

    assert (crossed["status"], crossed["outcome"]) == (200, "contradictory")
    assert handed_in.state == "withdrawn"
    assert handed_in.department.list_cases()[0]["pushes"] == ["case_submitted", "case_withdrawn"]
    assert HandledCase.objects.get().closed_at is not None


def test_the_push_and_every_file_fetched_are_written_to_the_access_log(handed_in) -> None:
    handed_in.department.play(handed_in.number)

    by = [read.actor for read in list_reads(handed_in.row.party)]
    assert by.count("system:jingkou-transport") >= 1


def test_a_silent_department_lets_the_law_accept_and_goes_on_from_there(handed_in) -> None:
    handed_in.later(days=9)
    deem_accepted(number=handed_in.number, at=handed_in.now)

    late = handed_in.tell("accepted", officer="0017")
    step = handed_in.tell("step_completed", step="examine", agrees=True, opinion="符合条件。")
    granted = handed_in.tell("granted", result_number="321102000001", officer="0003")

    assert late["outcome"] == "contradictory"
    assert (step["outcome"], granted["outcome"]) == ("applied", "applied")
    assert handed_in.row.accepted_on == handed_in.row.received_on


def test_the_number_of_another_case_is_not_taken_twice(handed_in, employer) -> None:
    first = handed_in
    first.propose()
    first.tell("granted", result_number="321102000001", officer="0003")
    second = type(first)(
        number=fill(employer),
        employer=employer,
        department=first.department,
        site=first.site,
        clock=first.clock,
    )
    second.submit()
    second.propose()

    taken = second.tell("granted", result_number="321102000001", officer="0003")

    assert (taken["outcome"], taken["code"]) == ("contradictory", "case.result_number_taken")
    assert second.state == "proposed"


def test_what_the_department_gives_stands_on_the_face(handed_in) -> None:
    handed_in.propose()
    handed_in.tell(
        "granted",
        result_number="321102000077",
        expires_on="2028-01-31",
        face={"scope": "普通货运、冷藏保鲜"},
        officer="0003",
    )
    handed_in.work()

    (licence,) = list_licences_of(handed_in.row.party, at=handed_in.now)
    assert licence.expires_on.isoformat() == "2028-01-31"
