"""A case that a department's own system handles: its hand alone, and no work for officers here."""

from dataclasses import replace

import pytest

from suban.cases import errors
from suban.cases.rules import commands as c
from suban.cases.rules.engine import decide
from suban.cases.rules.terms import Terms
from suban.cases.rules.work import open_work
from suban.cases.types import CorrectionItem, Seat, State
from suban.catalogue.types import ExternalHandling

EVERYBODY = frozenset(seat.value for seat in Seat)
HANDLER = "system:jt-yunguan"
ACTS = [
    (State.SUBMITTED, c.Accept()),
    (
        State.SUBMITTED,
        c.RequestCorrection(
            items=(CorrectionItem(slot="photo", defect="模糊", basis="指南"),), commitment="x"
        ),
    ),
    (State.REVIEW, c.CompleteStep(step="examine", agrees=True, commitment="x")),
    (State.PROPOSED, c.Grant()),
    (State.PROPOSED, c.Refuse(reasons="不符合条件", commitment="x")),
]


@pytest.fixture
def external(licence) -> Terms:
    there = ExternalHandling(system="jt-yunguan", name="道路运输管理系统")
    return Terms.of(licence.model_copy(update={"handled_by": there}))


@pytest.mark.parametrize(("state", "command"), ACTS, ids=lambda given: type(given).__name__)
def test_only_the_system_acts(case, external, make_context, state, command) -> None:
    there = replace(case, state=state, accepted_on=case.received_on)

    with pytest.raises(errors.NotYourSeatError):
        decide(there, command, make_context(terms=external, roles=EVERYBODY, is_system=True))
    with pytest.raises(errors.NotYourSeatError):
        decide(there, command, make_context(terms=external, roles=EVERYBODY, actor="system:another"))
    assert decide(there, command, make_context(terms=external, actor=HANDLER, roles=frozenset({Seat.CLERK})))


@pytest.mark.parametrize(("state", "command"), ACTS, ids=lambda given: type(given).__name__)
def test_a_system_does_not_act_on_what_is_handled_here(case, make_context, state, command) -> None:
    here = replace(case, state=state, accepted_on=case.received_on)

    with pytest.raises(errors.UnknownCaseError):
        decide(here, command, make_context(actor=HANDLER))


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ACCEPTED, State.REVIEW, State.PROPOSED])
def test_nothing_waits_for_officers_here(case, external, state) -> None:
    assert not open_work(replace(case, state=state), external)


def test_the_result_still_leaves_from_here(case, external) -> None:
    assert {work.key for work in open_work(replace(case, state=State.ISSUED), external)} == {"dispatch"}
