"""Special procedures: which kinds there are, and the days that they take out of the clock (article 45)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suban.cases import errors
from suban.cases.rules import commands as c
from suban.cases.rules.deadlines import legal_deadline, promised_deadline, suspension
from suban.cases.rules.engine import decide
from suban.cases.rules.state import evolve
from suban.cases.rules.suspensions import exclude, merge_procedures
from suban.cases.types import PROCEDURE_NAMES, Procedure, State

FIRST = date(2017, 10, 9)


def procedure(start: date, end: date | None, kind: str = "expert_review", key: str = "k") -> Procedure:
    return Procedure(key=key, kind=kind, started_on=start, expected_on=end or start, ended_on=end)


@pytest.fixture
def review(case):
    return replace(case, state=State.REVIEW, accepted_on=date(2017, 9, 22))


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([], date(2017, 10, 26), id="V2 none"),
        pytest.param([(10, 24)], date(2017, 11, 9), id="V5 ten working days"),
        pytest.param([(10, 10)], date(2017, 10, 26), id="begun and ended on one day"),
        pytest.param([(10, 17), (17, 24)], date(2017, 11, 9), id="one after the other"),
        pytest.param([(10, 20), (12, 24)], date(2017, 11, 9), id="two at once count once"),
        pytest.param([(10, 24), (12, 13)], date(2017, 11, 9), id="one within the other"),
        pytest.param([(10, 11), (23, 24)], date(2017, 10, 30), id="two apart"),
        pytest.param([(14, 15)], date(2017, 10, 26), id="a weekend takes out nothing"),
        pytest.param([(26, 27)], date(2017, 10, 27), id="begun on the last day"),
    ],
)
def test_days_of_special_procedures_are_not_counted(review, terms, calendar, spans, expected):
    procedures = tuple(
        procedure(date(2017, 10, start), date(2017, 10, end), key=str(place))
        for place, (start, end) in enumerate(spans)
    )

    due = legal_deadline(replace(review, procedures=procedures), terms, calendar)

    assert due.due_on == expected


def test_the_derivation_names_the_days_taken_out(review, terms, calendar):
    paused = replace(review, procedures=(procedure(date(2017, 10, 10), date(2017, 10, 24)),))

    due = legal_deadline(paused, terms, calendar)

    (line,) = [reason for reason in due.because if "专家评审" in reason.text]
    assert "10 个工作日" in line.text
    assert "第四十五条" in line.article


def test_what_begins_after_the_last_day_heals_no_delay(review, terms, calendar):
    late = replace(review, procedures=(procedure(date(2017, 10, 27), date(2017, 11, 10)),))

    assert legal_deadline(late, terms, calendar).due_on == date(2017, 10, 26)


def test_while_a_procedure_is_open_no_day_is_named(review, terms, calendar):
    # Of twenty days six are over on 10 October: 25 to 30 September, then 9 and 10 October make eight.
    paused = replace(review, procedures=(procedure(date(2017, 10, 10), None),))

    assert legal_deadline(paused, terms, calendar) is None
    standing = suspension(paused, terms, calendar)
    assert standing.names == ("专家评审",)
    assert standing.legal_left == 12
    ended = replace(review, procedures=(procedure(date(2017, 10, 10), date(2017, 10, 24)),))
    due = legal_deadline(ended, terms, calendar).due_on
    assert calendar.count_working_days(date(2017, 10, 24), due) == standing.legal_left
    assert suspension(ended, terms, calendar) is None


def test_a_promise_that_had_lapsed_stays_late(review, terms, calendar):
    paused = replace(review, procedures=(procedure(date(2017, 10, 10), None),))

    assert promised_deadline(paused, terms, calendar).due_on == date(2017, 9, 27)
    assert suspension(paused, terms, calendar).promised_left is None


DAYS = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
PROCEDURES = st.lists(
    st.tuples(DAYS, st.integers(0, 12), st.sampled_from(sorted(PROCEDURE_NAMES))).map(
        lambda drawn: procedure(drawn[0], drawn[0] + timedelta(days=drawn[1]), drawn[2])
    ),
    max_size=6,
)


@given(PROCEDURES, st.randoms())
def test_however_procedures_overlap_each_day_is_taken_out_once(procedures, random):
    days = {
        one.started_on + timedelta(days=n)
        for one in procedures
        for n in range(1, (one.ended_on - one.started_on).days + 1)
    }
    shuffled = list(procedures)
    random.shuffle(shuffled)

    excluded = exclude(
        shuffled,
        last_day=lambda extra: date(2018, 1, 1) + timedelta(days=extra),
        count=lambda start, end: (end - start).days,
    )

    assert excluded.days == len(days)
    spans = merge_procedures(shuffled)
    assert all(before.end < after.start for before, after in pairwise(spans))


@pytest.mark.parametrize("kind", [*PROCEDURE_NAMES, "on_site_check", ""])
def test_only_a_procedure_of_the_matters_law_stops_the_clock(review, terms, make_context, kind):
    command = c.StartProcedure(key="k", kind=kind, days=10, reason="复杂", commitment="x")
    context = make_context(roles=frozenset({"examiner"}))

    if kind in terms.profile.pause_kinds:
        (fact,) = decide(review, command, context)
        assert fact.expected_on == context.calendar.add_working_days(context.today, 10)
    else:
        with pytest.raises(errors.ProcedureKindError):
            decide(review, command, context)


@pytest.mark.parametrize(
    "changes",
    [{"days": 0}, {"days": -1}, {"days": 1000}, {"reason": " "}],
    ids=["no time", "less than none", "years", "no reason"],
)
def test_a_procedure_says_why_and_how_long(review, make_context, changes):
    given = {"key": "k", "kind": "testing", "days": 5, "reason": "送检", "commitment": "x"}

    with pytest.raises(errors.ReasonsMissingError):
        decide(
            review,
            c.StartProcedure(**{**given, **changes}),
            make_context(roles=frozenset({"examiner"})),
        )


def test_no_opinion_while_a_procedure_is_under_way(review, make_context):
    paused = replace(review, procedures=(procedure(FIRST, None, "testing"),))
    context = make_context(roles=frozenset({"examiner"}))

    with pytest.raises(errors.ProcedureOpenError):
        decide(paused, c.CompleteStep(step="examine", agrees=True, commitment="x"), context)
    with pytest.raises(errors.ProcedureOpenError):
        decide(
            paused,
            c.StartProcedure(key="l", kind="testing", days=1, reason="再检", commitment="x"),
            context,
        )


def test_a_procedure_ends_once_with_its_result(review, make_context):
    paused = replace(review, procedures=(procedure(FIRST, None, "testing"),))
    context = make_context(roles=frozenset({"examiner"}))

    with pytest.raises(errors.ReasonsMissingError):
        decide(paused, c.EndProcedure(key="k", result=" ", commitment="x"), context)
    (fact,) = decide(paused, c.EndProcedure(key="k", result="合格", commitment="x"), context)
    ended = evolve(paused, fact, by="staff:1")

    assert ended.procedures[0].ended_on == context.today
    with pytest.raises(errors.MoveNotAllowedError):
        decide(ended, c.EndProcedure(key="k", result="合格", commitment="x"), context)
