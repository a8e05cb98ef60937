"""Every day that counts, against vectors computed from the published holidays of 2017 and 2018."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suban.cases.rules.deadlines import (
    add_months,
    deadlines,
    legal_deadline,
    notice_deadline,
    promised_deadline,
)
from suban.cases.types import State


@pytest.mark.parametrize(
    ("accepted_on", "days", "expected"),
    [
        pytest.param(date(2017, 10, 17), 20, date(2017, 11, 14), id="V1a twenty working days"),
        pytest.param(date(2017, 10, 17), 3, date(2017, 10, 20), id="V1b three"),
        pytest.param(date(2017, 10, 17), 1, date(2017, 10, 18), id="V1c one"),
        pytest.param(date(2017, 9, 22), 20, date(2017, 10, 26), id="V2 over National Day with its Saturday"),
        pytest.param(date(2017, 9, 29), 20, date(2017, 11, 2), id="V4 from the Friday before"),
        pytest.param(date(2017, 9, 22), 45, date(2017, 11, 30), id="V8a joint"),
        pytest.param(date(2017, 9, 22), 30, date(2017, 11, 9), id="V9a thirty"),
        pytest.param(date(2018, 2, 9), 5, date(2018, 2, 22), id="V10a over Spring Festival"),
        pytest.param(date(2018, 2, 9), 20, date(2018, 3, 14), id="V10b twenty over Spring Festival"),
    ],
)
def test_the_decision_is_due_in_working_days_after_acceptance(
    case,
    terms,
    calendar,
    accepted_on,
    days,
    expected,
):
    accepted = replace(case, state=State.REVIEW, accepted_on=accepted_on)
    of_days = replace(terms, profile=terms.profile.model_copy(update={"legal_days": days}))

    due = legal_deadline(accepted, of_days, calendar)

    assert due is not None
    assert due.due_on == expected


def test_a_notice_is_due_five_working_days_after_receipt(case, terms, calendar):
    received = replace(case, received_on=date(2017, 9, 29))

    assert notice_deadline(received, terms, calendar).due_on == date(2017, 10, 12)  # V3


def test_deemed_acceptance_counts_from_receipt_and_says_so(case, terms, calendar):
    deemed = replace(case, state=State.REVIEW, accepted_on=date(2017, 9, 29), deemed=True)

    due = legal_deadline(deemed, terms, calendar)

    assert due.due_on == date(2017, 11, 2)  # V4
    assert "视为受理" in due.because[0].text


def test_the_promise_never_ends_after_the_law(case, terms, calendar):
    accepted = replace(case, state=State.REVIEW, accepted_on=date(2017, 9, 22))

    promised = promised_deadline(accepted, terms, calendar)
    legal = legal_deadline(accepted, terms, calendar)

    assert promised.due_on < legal.due_on
    assert deadlines(accepted, terms, calendar) == (promised, legal)


def test_the_result_is_due_ten_working_days_after_the_decision(case, terms, calendar):
    decided = replace(
        case, state=State.GRANTED, accepted_on=date(2017, 10, 17), decided_on=date(2017, 10, 17)
    )

    (due,) = deadlines(decided, terms, calendar)

    assert (due.kind, due.due_on) == ("delivery", date(2017, 10, 31))  # V7


def test_remedies_count_calendar_days_and_roll_forward(case, terms, calendar):
    refused = replace(
        case,
        state=State.SERVED,
        granted=False,
        decided_on=date(2017, 10, 17),
        served_on=date(2017, 10, 18),
    )

    reconsideration, lawsuit = deadlines(refused, terms, calendar)

    assert (reconsideration.kind, reconsideration.due_on) == ("reconsideration", date(2017, 12, 18))  # V11
    assert (lawsuit.kind, lawsuit.due_on) == ("lawsuit", date(2018, 4, 18))
    assert any("顺延" in reason.text for reason in reconsideration.because)


@pytest.mark.parametrize(
    "state",
    [State.DRAFT, State.CORRECTION, State.WITHDRAWN, State.CLOSED, State.DISCARDED],
)
def test_nothing_runs_where_nobody_owes_anything(case, terms, calendar, state):
    assert deadlines(replace(case, state=state), terms, calendar) == ()


def test_a_year_that_is_not_announced_yet_is_marked(case, terms, calendar):
    received = replace(case, received_on=date(2030, 3, 1))

    due = notice_deadline(received, terms, calendar)

    assert due.provisional
    assert "尚未公布" in due.because[-1].text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.dates(date(2017, 9, 1), date(2018, 3, 31)), days=st.integers(1, 60))
def test_every_due_day_is_a_working_day_and_says_why(case, terms, calendar, start, days):
    of_days = replace(terms, profile=terms.profile.model_copy(update={"legal_days": days}))

    due = legal_deadline(replace(case, state=State.REVIEW, accepted_on=start), of_days, calendar)

    assert calendar.is_working_day(due.due_on)
    assert calendar.count_working_days(start, due.due_on) == days
    assert due.because


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2017, 10, 18), 6, date(2018, 4, 18)),
        (date(2017, 8, 31), 6, date(2018, 2, 28)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2017, 12, 5), 1, date(2018, 1, 5)),
        (date(2017, 6, 30), 6, date(2017, 12, 30)),
    ],
)
def test_months_end_where_the_calendar_ends(start, months, expected):
    assert add_months(start, months) == expected
