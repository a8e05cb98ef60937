"""The turns beside the usual way, as rules."""

from dataclasses import replace
from datetime import date

import pytest

from suban.cases import errors
from suban.cases.rules import commands as c
from suban.cases.rules.engine import decide, earlier_steps
from suban.cases.rules.mending import mendable_fields
from suban.cases.rules.state import evolve
from suban.cases.types import EndingKind, State
from suban.catalogue.types import ReviewStep

STEPS = (
    ReviewStep(key="a", name="初审", kind="examine", role="examiner", days=1, standard="看材料。"),
    ReviewStep(
        key="b", name="核查", kind="examine", role="examiner", after=("a",), days=1, standard="看现场。"
    ),
    ReviewStep(key="c", name="复核", kind="review", role="reviewer", after=("b",), days=1, standard="复核。"),
    ReviewStep(
        key="d", name="法制审核", kind="review", role="reviewer", after=("a",), days=1, standard="审核。"
    ),
)
OPINIONS = {"a": ("staff:1", True), "b": ("staff:2", True), "d": ("staff:4", True)}


@pytest.fixture
def reviewed(case):
    return replace(
        case,
        state=State.REVIEW,
        accepted_on=date(2017, 10, 17),
        accepted_by="staff:clerk",
        opinions=OPINIONS,
        assigned={"c": "staff:3"},
    )


@pytest.fixture
def reviewer(make_context, terms):
    return make_context(actor="staff:3", roles={"reviewer"}, terms=replace(terms, steps=STEPS))


def send_back(target, own="c"):
    return c.ReturnToStep(step=own, target=target, reasons="没有查清。", commitment="x")


@pytest.mark.parametrize(
    ("target", "superseded", "left"),
    [("b", ("b",), {"a", "d"}), ("a", ("a", "b", "d"), set())],
)
def test_a_return_takes_everything_after_it_out_of_force(reviewed, reviewer, target, superseded, left):
    (fact,) = decide(reviewed, send_back(target), reviewer)
    after = evolve(reviewed, fact, by="staff:3")

    assert fact.superseded == superseded
    assert after.opinions.keys() == left
    assert after.state is State.REVIEW
    assert after.accepted_on == reviewed.accepted_on


@pytest.mark.parametrize("target", ["c", "d", "nowhere"])
def test_a_reviewer_returns_only_to_what_lies_before_the_own_step(reviewed, reviewer, target):
    with pytest.raises(errors.MoveNotAllowedError):
        decide(reviewed, send_back(target), reviewer)


def test_only_who_sits_at_the_step_returns_the_case(reviewed, reviewer):
    with pytest.raises(errors.NotYourSeatError):
        decide(reviewed, send_back("a"), replace(reviewer, actor="staff:9"))


def test_before_the_decision_every_step_lies(reviewed):
    proposed = replace(reviewed, state=State.PROPOSED)

    assert [step.key for step in earlier_steps(proposed, STEPS, "")] == ["a", "b", "d"]


def test_a_matter_without_a_ban_bars_nobody(case, make_context, terms):
    free = replace(terms, profile=terms.profile.model_copy(update={"reapply_ban_months": 0}))
    command = c.RefuseFalseMaterial(
        slots=("photo",), reasons="伪造", heard="没有申辩", commitment="x", heard_commitment="y"
    )

    (barred,) = decide(case, command, make_context(roles={"decider"}))
    (spared,) = decide(case, command, make_context(roles={"decider"}, terms=free))

    assert barred.banned_until == date(2018, 10, 17)
    assert spared.banned_until is None


@pytest.mark.parametrize(
    ("state", "back"), [(State.SUBMITTED, State.NOT_ACCEPTED), (State.REVIEW, State.REFUSED)]
)
def test_a_returned_parcel_leads_back_to_where_the_case_ended(case, make_context, state, back):
    command = c.RefuseFalseMaterial(
        slots=("photo",), reasons="伪造", heard="没有申辩", commitment="x", heard_commitment="y"
    )
    somewhere = replace(case, state=state, accepted_on=date(2017, 10, 17))
    (fact,) = decide(somewhere, command, make_context(roles={"decider"}))
    ended = evolve(somewhere, fact, by="staff:d")
    sent = replace(ended, state=State.DISPATCHED, parcel="parcel:1")

    (failed,) = decide(sent, c.FailDelivery(parcel="parcel:1", why="退回"), make_context(is_system=True))

    assert ended.ending.kind is EndingKind.FALSE_MATERIAL
    assert evolve(sent, failed, by="system:suban").state is back


def test_only_fields_on_which_nothing_rests_can_be_mended(licence):
    mendable = mendable_fields(licence)

    assert {"nation", "school", "major", "mail_address"} <= mendable
    assert not mendable & {"name", "citizen_id", "employer_uscc", "employer_kind", "certificate_number"}
    assert not mendable & {"category", "scope", "health_checked_on", "employer_name"}
