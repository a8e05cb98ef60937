"""The decision: reasons, remedies, lateness, separation of duties, withdrawal before it."""

from datetime import timedelta

import pytest

from suban.cases import errors
from suban.cases.queries.applicants import open_case_for
from suban.cases.services.handling import complete_step, grant_case
from suban.cases.services.submission import withdraw_case
from suban.cases.types import State
from suban.demo.people import ORGAN
from suban.identity.services import grant_role
from suban.identity.types import SYSTEM, Role

# 20 working days after 23 November end on 21 December.
LATE = timedelta(days=30)


def test_a_refusal_says_why_and_names_the_remedies(office, letters, at) -> None:
    office.propose()
    office.refuse(reasons="资格证书已被撤销，不符合首次注册条件。")
    office.work()

    (letter,) = letters("不予行政许可决定书")
    text = "".join(block.get("text", "") for block in letter["blocks"])
    assert "资格证书已被撤销，不符合首次注册条件。" in text
    assert "六十日内" in text
    assert "六个月内" in text
    remedies = open_case_for(actor=office.applicant, number=office.number, at=at).definition.remedies
    assert remedies.reconsideration_organ in text
    assert remedies.court in text
    case = open_case_for(actor=office.applicant, number=office.number, at=at)
    assert (case.state, case.reasons) == (State.REFUSED, "资格证书已被撤销，不符合首次注册条件。")


def test_a_refusal_without_reasons_is_no_refusal(office) -> None:
    office.propose()

    with pytest.raises(errors.ReasonsMissingError):
        office.refuse(reasons="  ")
    assert office.row.state == State.PROPOSED


def test_after_the_promised_day_a_decision_needs_no_excuse(office, at) -> None:
    office.propose()

    office.grant(at + timedelta(days=10))

    assert office.row.state == State.GRANTED


def test_after_the_legal_day_the_decision_says_why_it_is_late(office, letters, at) -> None:
    office.propose()
    with pytest.raises(errors.ReasonsMissingError) as refusal:
        office.grant(at + LATE)

    office.grant(at + LATE, overdue_reason="登记库连续三天无法核对。")
    office.work(at + LATE)

    assert refusal.value.fields["field"] == "overdue_reason"
    (letter,) = letters("准予行政许可决定书")
    assert "登记库连续三天无法核对。" in letter["blocks"][-1]["text"]


def test_a_late_refusal_says_both(office, letters, at) -> None:
    office.propose()
    office.refuse(at + LATE, reasons="证书无效。", overdue_reason="核对延误。")
    office.work(at + LATE)

    (letter,) = letters("不予行政许可决定书")
    text = "".join(block.get("text", "") for block in letter["blocks"])
    assert "证书无效。" in text
    assert "核对延误。" in text


def test_whoever_accepted_does_not_decide(office, sign_in, at) -> None:
    grant_role(staff=office.clerk.ref, role=Role.DECIDER, organ=ORGAN, by=SYSTEM, at=at)
    both = sign_in("shouli")
    office.propose()

    with pytest.raises(errors.SeparationOfDutiesError):
        grant_case(actor=both, number=office.number, at=at)
    office.grant()


def test_the_step_belongs_to_whom_the_lot_chose(office, sign_in, at) -> None:
    office.submit()
    office.accept()
    chosen = office.examiner()
    other = next(o for o in (sign_in("shencha"), sign_in("shencha2")) if o.ref != chosen.ref)

    with pytest.raises(errors.NotYourSeatError):
        complete_step(actor=other, number=office.number, step="examine", agrees=True, opinion="好", at=at)


def test_a_doubting_examiner_proposes_refusal_and_the_decider_decides(office) -> None:
    office.submit()
    office.accept()
    office.examine(agrees=False)

    assert office.events[-1] == "case.decision_proposed"
    office.refuse()
    assert office.row.state == State.REFUSED


@pytest.mark.parametrize("how_far", ["submit", "accept", "examine"])
def test_the_applicant_may_withdraw_until_the_decision(office, how_far, at) -> None:
    for step in ("submit", "accept", "examine")[: ("submit", "accept", "examine").index(how_far) + 1]:
        getattr(office, step)()

    withdraw_case(actor=office.applicant, number=office.number, at=at)
    office.work()

    assert office.row.state == State.WITHDRAWN
    assert office.row.due_on is None
    assert not office.row.tasks.filter(done_at=None).exists()


def test_nobody_withdraws_what_is_decided(office, at) -> None:
    office.propose()
    office.grant()

    with pytest.raises(errors.MoveNotAllowedError):
        withdraw_case(actor=office.applicant, number=office.number, at=at)


def test_the_second_of_two_deciders_is_told(office) -> None:
    office.propose()
    office.grant()

    with pytest.raises(errors.MoveNotAllowedError) as refusal:
        office.refuse()

    assert "已经作出准予决定" in refusal.value.message
    assert not office.row.texts.filter(kind="reasons").exists()
