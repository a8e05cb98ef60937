"""Whatever people press, in whatever order and however late: what the law forbids never happens."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suban.cases import events as e
from suban.cases.rules import commands as c
from suban.cases.rules.deadlines import deadlines, notice_deadline
from suban.cases.rules.engine import AUTHORISED_CAPACITIES, decide
from suban.cases.rules.state import evolve, rebuild, start
from suban.cases.types import Act, Channel, CorrectionItem, Ground, MaterialKind, State
from suban.catalogue.types import DeliveryChannel, Frame, Trust
from suban.kernel.errors import DomainError

START = date(2017, 9, 20)
ACTORS = {
    "person:a": {"is_party": True},
    "system:suban": {"is_system": True},
    "staff:clerk": {"roles": frozenset({"clerk"})},
    "staff:examiner": {"roles": frozenset({"examiner"})},
    "staff:decider": {"roles": frozenset({"decider"})},
    "staff:both": {"roles": frozenset({"clerk", "decider", "dispatcher"})},
}
REASONS = st.sampled_from(["", "理由"])
PARCELS = st.sampled_from(["", "parcel:1", "parcel:2"])
COMMANDS = st.one_of(
    st.builds(
        c.AddMaterial,
        slot=st.sampled_from(["photo", "health_proof", "blood_test"]),
        key=st.sampled_from("abcdef"),
        kind=st.just(MaterialKind.UPLOAD),
        level=st.just(Trust.UPLOADED),
        commitment=st.just("d"),
        source=st.just("s"),
        replaces=st.lists(st.sampled_from("abcdef"), max_size=2).map(tuple),
    ),
    st.builds(c.RemoveMaterial, slot=st.just("photo"), key=st.sampled_from("abc")),
    st.builds(c.ConfirmForm, commitment=st.sampled_from("xy")),
    st.just(c.Discard()),
    st.builds(
        c.ChangeChannel,
        channel=st.sampled_from([Channel.ONLINE, Channel.COUNTER]),
        present=st.sampled_from(["", "person:a"]),
    ),
    st.builds(c.SignForm, how=st.sampled_from(["paper", "screen", "word"]), commitment=st.just("x")),
    st.builds(
        c.Submit,
        official_number=st.just("n"),
        channel=st.just(Channel.ONLINE),
        delivery=st.sampled_from(DeliveryChannel),
    ),
    st.builds(
        c.RequestCorrection,
        items=st.lists(
            st.builds(
                CorrectionItem,
                slot=st.sampled_from(["photo", "form", "blood_test"]),
                defect=st.just("模糊"),
                basis=st.sampled_from(["指南", ""]),
            ),
            max_size=2,
        ).map(tuple),
        commitment=st.just("x"),
    ),
    st.sampled_from([c.SubmitCorrection(), c.Accept(), c.DeemAccepted(), c.StartReview(), c.Withdraw()]),
    st.builds(
        c.CompleteStep,
        step=st.sampled_from(["examine", "decide"]),
        agrees=st.booleans(),
        commitment=st.just("x"),
    ),
    st.builds(
        c.StartProcedure,
        key=st.sampled_from("pqr"),
        kind=st.sampled_from(["hearing", "testing", "auction"]),
        days=st.integers(-1, 30),
        reason=st.sampled_from(["", "复杂"]),
        commitment=st.just("x"),
    ),
    st.builds(
        c.EndProcedure,
        key=st.sampled_from("pqr"),
        result=st.sampled_from(["", "通过"]),
        commitment=st.just("x"),
    ),
    st.builds(c.Grant, overdue_commitment=st.sampled_from(["", "late"])),
    st.builds(
        c.Refuse,
        reasons=st.sampled_from(["", "不符合"]),
        commitment=st.just("x"),
        overdue_commitment=st.sampled_from(["", "late"]),
    ),
    st.just(c.GrantOnSpot()),
    st.just(c.CompleteFiling(result_number="p")),
    st.just(c.Issue(result="licence:1")),
    st.builds(c.Dispatch, way=st.sampled_from(DeliveryChannel), parcel=PARCELS),
    st.builds(c.FailDelivery, parcel=PARCELS, why=st.just("退回")),
    st.builds(
        c.Serve,
        served_at=st.none(),
        served_on=st.just(date(2018, 1, 1)),
        capacity=st.sampled_from(["addressee", "authorised", "window", "electronic", "locker", "other"]),
        parcel=PARCELS,
    ),
    st.just(c.Close()),
    st.builds(c.DeclareNotNeeded, reasons=REASONS, commitment=st.just("x")),
    st.builds(
        c.DeclareNotCompetent,
        organ=st.sampled_from(["", "o"]),
        organ_name=st.sampled_from(["", "别的机关"]),
        reasons=REASONS,
        commitment=st.just("x"),
    ),
    st.builds(
        c.OfferMending,
        fields=st.sampled_from([(), ("school",), ("employer_uscc",)]),
        words=REASONS,
        commitment=st.just("x"),
    ),
    st.builds(c.CorrectOnSpot, fields=st.sampled_from([(), ("school",)]), commitment=st.just("z")),
    st.builds(
        c.ReturnToStep,
        step=st.sampled_from(["", "examine"]),
        target=st.sampled_from(["examine", "decide"]),
        reasons=REASONS,
        commitment=st.just("x"),
    ),
    st.builds(
        c.RefuseFalseMaterial,
        slots=st.sampled_from([(), ("photo",), ("blood_test",)]),
        reasons=REASONS,
        heard=REASONS,
        commitment=st.just("x"),
        heard_commitment=st.just("y"),
        overdue_commitment=st.sampled_from(["", "late"]),
    ),
    st.builds(c.Reconsider, wish=REASONS, reasons=REASONS, commitment=st.just("x")),
    st.builds(
        c.Terminate,
        ground=st.sampled_from(Ground),
        basis=REASONS,
        reasons=REASONS,
        commitment=st.just("x"),
    ),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(ACTORS)), COMMANDS, st.integers(0, 6)), min_size=5, max_size=60
)
# Left to chance alone, few walks come as far as a decision: some begin on the beaten track.
TRACK = (
    ("person:a", c.Submit(official_number="n", channel=Channel.ONLINE, delivery=DeliveryChannel.POST), 0),
    ("staff:both", c.Accept(), 1),
    ("staff:examiner", c.CompleteStep(step="examine", agrees=True, commitment="x"), 2),
    ("staff:decider", c.Grant(overdue_commitment="late"), 1),
    ("system:suban", c.Issue(result="licence:1"), 0),
    ("staff:both", c.Dispatch(way=DeliveryChannel.POST, parcel="parcel:1"), 1),
)
ENDINGS = (e.CaseNotNeeded, e.CaseNotCompetent, e.FalseMaterialFound, e.CaseTerminated)
AFTER = {
    e.CaseAccepted: e.CaseSubmitted,
    e.CaseDeemedAccepted: e.CaseSubmitted,
    e.CorrectionRequested: e.CaseSubmitted,
    e.StepCompleted: e.ReviewStarted,
    e.DecisionProposed: e.StepCompleted,
    e.CaseGranted: e.DecisionProposed,
    e.CaseRefused: e.DecisionProposed,
    e.ResultIssued: e.CaseGranted,
    e.ResultServed: (e.CaseGranted, e.CaseRefused, *ENDINGS),
    e.CorrectedOnSpot: e.MendingOffered,
    e.StepReturned: e.StepCompleted,
    e.CaseClosed: e.ResultServed,
}
ONCE = (
    e.CaseSubmitted,
    e.CorrectionRequested,
    e.CaseAccepted,
    e.CaseDeemedAccepted,
    e.CaseGranted,
    e.CaseRefused,
    *ENDINGS,
    e.ResultIssued,
    e.ResultServed,
    e.CaseClosed,
)


@settings(
    max_examples=120,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(beaten=st.integers(0, len(TRACK)), chance=STEPS)
def test_no_walk_leads_outside_the_law(terms, calendar, make_context, beaten, chance):
    opened = e.CaseStarted(
        case="n", frame=Frame.LICENCE, matter="m", matter_version=1, organ="o", party="person:a"
    )
    case, history, today = start(opened), [(opened, "person:a")], START
    for actor, command, days in (*TRACK[:beaten], *chance):
        today += timedelta(days=days)
        before = case
        context = replace(
            make_context(today=today, actor=actor, eligible={"examine": ("staff:examiner",)}, seed="s"),
            **ACTORS[actor],
        )
        try:
            facts = decide(case, command, context)
        except DomainError:
            continue
        check_notice_in_time(before, facts, terms, calendar, today)
        for fact in facts:
            case = evolve(case, fact, by=actor)
            history.append((fact, actor))
        check_clocks(before, case, terms, calendar)
    assert rebuild(history) == case
    check_history(history, case)


def check_notice_in_time(case, facts, terms, calendar, today):
    kinds = e.CorrectionRequested | e.CaseAccepted | e.CaseNotNeeded | e.CaseNotCompetent | e.MendingOffered
    if any(isinstance(fact, kinds) for fact in facts):
        assert today <= notice_deadline(case, terms, calendar).due_on


def check_clocks(before, case, terms, calendar):
    for deadline in deadlines(case, terms, calendar):
        assert deadline.because
        assert any(reason.article for reason in deadline.because)
        assert calendar.is_working_day(deadline.due_on)
    days = [day for day in (case.received_on, case.accepted_on, case.decided_on) if day]
    assert days == sorted(days)
    for name in ("received_on", "accepted_on", "decided_on", "served_on"):
        old, new = getattr(before, name), getattr(case, name)
        assert old is None or new >= old
    if case.state in {State.DRAFT, State.CORRECTION, State.WITHDRAWN, State.DISCARDED}:
        assert deadlines(case, terms, calendar) == ()


def check_history(history, case):
    kinds = [type(fact) for fact, _ in history]
    for once in ONCE:
        assert kinds.count(once) <= 1, once
    assert sum(kinds.count(end) for end in (e.CaseGranted, e.CaseRefused, e.CaseWithdrawn, *ENDINGS)) <= 1
    assert not {e.CaseAccepted, e.CaseDeemedAccepted} <= set(kinds)
    for place, kind in enumerate(kinds):
        if kind in AFTER:
            needed = AFTER[kind] if isinstance(AFTER[kind], tuple) else (AFTER[kind],)
            assert set(needed) & set(kinds[:place]), kind
    if case.ending:
        assert case.result == ""
    elif case.decided_on:
        assert case.accepted_on
    if case.decided_on and case.accepted_on:
        assert case.decided_by != case.accepted_by
    for fact, _ in history:
        if isinstance(fact, e.ResultServed):
            assert fact.capacity in AUTHORISED_CAPACITIES


@pytest.mark.parametrize("act", list(Act))
def test_every_act_can_be_tried_by_chance(act):
    tried = {type(command) for _, command, _ in TRACK}
    drawn = {kind for kind in vars(c).values() if isinstance(kind, type) and issubclass(kind, c.Command)} - {
        c.Command
    }

    assert act in {kind.act for kind in drawn | tried}
