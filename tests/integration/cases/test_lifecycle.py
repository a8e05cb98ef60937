"""The journey through the services: nobody meets, and every step leaves its evidence."""

from datetime import timedelta

import pytest

from suban.cases.errors import IncompleteApplicationError
from suban.cases.events import FACTS
from suban.cases.models import Case
from suban.cases.queries.applicants import open_case_for
from suban.cases.queries.opening import read_snapshot
from suban.cases.queries.worklists import list_worklist
from suban.cases.rules.state import CaseState, rebuild
from suban.cases.services.handling import accept_case, complete_step, grant_case
from suban.cases.services.materials import remove_material
from suban.cases.services.results import dispatch_result, record_parcel_signed
from suban.cases.services.submission import submit_case
from suban.cases.types import State
from suban.foundation.queries.evidence import list_events, verify_evidence
from suban.identity.types import Actor
from suban.kernel.clock import civil_day
from suban.licences.queries import list_licences_of


def rebuilt(number: str) -> CaseState:
    return rebuild(
        (FACTS[event.type].decode({**event.data, "case": number}), event.actor)
        for event in list_events(f"case:{number}")
    )


def stored(number: str) -> CaseState:
    return read_snapshot(Case.objects.get(number=number).snapshot)


def examine(number: str, at, sign_in) -> None:
    """Let the officer whom the lot chose agree."""
    examiner = next(
        officer
        for officer in (sign_in("shencha"), sign_in("shencha2"))
        if list_worklist(actor=officer, view="mine", today=civil_day(at)).lines
    )
    complete_step(actor=examiner, number=number, step="examine", agrees=True, opinion="材料真实有效。", at=at)


def test_from_guide_to_posted_licence_nobody_meets(
    filled: str,
    applicant: Actor,
    clerk: Actor,
    decider: Actor,
    dispatcher: Actor,
    at,
    sign_in,
    work,
) -> None:
    receipt = submit_case(actor=applicant, number=filled, at=at)
    accept_case(actor=clerk, number=filled, at=at)
    examine(filled, at, sign_in)
    grant_case(actor=decider, number=filled, at=at)
    work()
    issued = open_case_for(actor=applicant, number=filled, at=at)
    parcel = dispatch_result(actor=dispatcher, number=filled, at=at)
    record_parcel_signed(
        number=filled,
        parcel=parcel,
        signed_at=at + timedelta(hours=20),
        capacity="addressee",
        at=at + timedelta(days=1),
    )
    work()

    closed = open_case_for(actor=applicant, number=filled, at=at)
    assert issued.state is State.ISSUED
    assert [licence.id for licence in list_licences_of(applicant.party, at=at)] == [
        issued.result.removeprefix("licence:"),
    ]
    assert closed.state is State.CLOSED
    assert closed.served_on == civil_day(at + timedelta(hours=20))
    assert closed.official_number == receipt.official_number
    assert all(letter.file_id for letter in closed.letters)
    assert rebuilt(filled) == stored(filled)
    assert verify_evidence().passed


def test_submitting_five_times_gives_one_receipt(filled: str, applicant: Actor, at) -> None:
    receipts = {submit_case(actor=applicant, number=filled, at=at) for _ in range(5)}

    assert len(receipts) == 1
    assert Case.objects.exclude(official_number="").count() == 1


@pytest.mark.parametrize("way", ["photo", "health_proof", "employer_consent"])
def test_what_is_missing_is_named_and_nothing_is_received(
    filled: str, applicant: Actor, at, way: str
) -> None:
    case = open_case_for(actor=applicant, number=filled, at=at)
    given = next(slot for slot in case.slots if slot.material.slot == way).given[0]
    remove_material(actor=applicant, number=filled, slot=way, key=given.key, at=at)

    with pytest.raises(IncompleteApplicationError) as refusal:
        submit_case(actor=applicant, number=filled, at=at)

    assert [problem["key"] for problem in refusal.value.fields["problems"]] == [way]
    assert stored(filled).state is State.DRAFT
