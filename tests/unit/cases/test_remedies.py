"""Against what, where and until when one may complain."""

from dataclasses import replace
from datetime import date

import pytest

from suban.cases import errors
from suban.cases.rules import commands as c
from suban.cases.rules.engine import decide
from suban.cases.rules.remedies import find_complaint, law_on, too_late
from suban.cases.types import Against, State

ACCEPTED = date(2017, 10, 17)
LEGAL = date(2017, 11, 14)


@pytest.fixture
def refused(case):
    return replace(
        case,
        state=State.SERVED,
        accepted_on=ACCEPTED,
        granted=False,
        decided_on=date(2017, 10, 18),
        served_on=date(2017, 10, 18),
    )


def test_a_refusal_is_complained_of_within_sixty_days_of_service(refused, terms, calendar):
    complaint = find_complaint(refused, terms, calendar, date(2017, 10, 20))

    assert complaint.against is Against.DECISION
    assert complaint.deadline.due_on == date(2017, 12, 18)
    assert not too_late(complaint, date(2017, 12, 18))
    assert "2017 年 12 月 18 日" in too_late(complaint, date(2017, 12, 19))


def test_before_service_the_clock_has_not_started(refused, terms, calendar):
    unserved = replace(refused, state=State.REFUSED, served_on=None)

    assert find_complaint(unserved, terms, calendar, date(2018, 10, 20)).deadline is None


@pytest.mark.parametrize("state", [State.ACCEPTED, State.REVIEW, State.PROPOSED])
def test_silence_can_be_complained_of_from_the_day_after_the_legal_one(case, terms, calendar, state):
    waiting = replace(case, state=state, accepted_on=ACCEPTED)

    assert find_complaint(waiting, terms, calendar, LEGAL) is None
    complaint = find_complaint(waiting, terms, calendar, date(2017, 11, 15))
    assert complaint.against is Against.INACTION
    assert complaint.deadline.due_on == date(2018, 1, 15)  # the 13th is a Saturday
    assert any("受理申请" in reason.text for reason in complaint.deadline.because)
    assert complaint.deadline.because[-1].article == "行政复议法第88条"


@pytest.mark.parametrize(
    ("day", "name", "first"),
    [
        (date(2017, 10, 17), "行政复议法（2017 年修正）", False),
        (date(2023, 12, 31), "行政复议法（2017 年修正）", False),
        (date(2024, 1, 1), "行政复议法（2023 年修订）", True),
    ],
)
def test_the_text_of_the_law_is_that_of_the_day(day, name, first):
    assert (law_on(day).name, law_on(day).first) == (name, first)


@pytest.mark.parametrize(
    "state", [State.ACCEPTED, State.REVIEW, State.PROPOSED, State.DISPATCHED, State.CLOSED]
)
def test_nothing_adverse_is_nothing_to_complain_of(case, make_context, state):
    fine = replace(case, state=state, accepted_on=ACCEPTED, decided_on=None)

    with pytest.raises(errors.MoveNotAllowedError):
        decide(fine, c.Reconsider(wish="撤销", reasons="不服", commitment="x"), make_context(is_party=True))


@pytest.mark.parametrize(("wish", "reasons", "field"), [("", "不服", "wish"), ("撤销", " ", "reasons")])
def test_a_complaint_says_what_and_why(refused, make_context, wish, reasons, field):
    with pytest.raises(errors.ReasonsMissingError) as refusal:
        decide(refused, c.Reconsider(wish=wish, reasons=reasons, commitment="x"), make_context(is_party=True))

    assert refusal.value.fields["field"] == field
