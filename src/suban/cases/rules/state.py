"""What a case is, rebuilt from what happened to it: `evolve` and `rebuild`.

A state holds facts only. Due dates are not facts: they are derived from these with the law profile and
the calendar (see `deadlines`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from suban.cases import events as e
from suban.cases.rules import endings
from suban.cases.types import FORM_SLOT, Channel, Ending, MaterialKind, Procedure, State
from suban.catalogue.types import DeliveryChannel, Frame, Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A material in the file."""

    slot: str
    key: str
    kind: MaterialKind
    level: Trust
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState:
    """Everything that decides what may happen next.

    `present` is who stands at the window until the application is handed in, `signed` the commitment of
    the form signed there.
    `corrected` names the slots that changed since the correction notice; `mending` the form's fields that
    the applicant may mend on the spot.
    """

    number: str
    frame: Frame
    state: State
    matter: str
    matter_version: int
    organ: str
    party: str
    materials: tuple[Held, ...] = ()
    form_commitment: str = ""
    official_number: str = ""
    delivery: DeliveryChannel | None = None
    received_on: date | None = None
    correction_slots: tuple[str, ...] = ()
    corrections: int = 0
    corrected: tuple[str, ...] = ()
    accepted_on: date | None = None
    accepted_by: str = ""
    deemed: bool = False
    assigned: dict[str, str] = field(default_factory=dict)
    opinions: dict[str, tuple[str, bool]] = field(default_factory=dict)
    procedures: tuple[Procedure, ...] = ()
    proposal: bool | None = None
    decided_on: date | None = None
    decided_by: str = ""
    granted: bool | None = None
    channel: Channel = Channel.ONLINE
    present: str = ""
    signed: str = ""
    result: str = ""
    parcel: str = ""
    served_on: date | None = None
    ending: Ending | None = None
    mending: tuple[str, ...] = ()
    complained_of: str = ""

    @property
    def adverse(self) -> bool:
        """Tell whether the case ended against the applicant, so that there are remedies."""
        return self.granted is False or self.ending is not None


def start(fact: e.CaseStarted) -> CaseState:
    """Return the state of a case that has just been opened."""
    return CaseState(
        number=fact.case,
        frame=fact.frame,
        state=State.DRAFT,
        matter=fact.matter,
        matter_version=fact.matter_version,
        organ=fact.organ,
        party=fact.party,
    )


def evolve(case: CaseState, fact: e.CaseFact, *, by: str) -> CaseState:
    """Return the case after `fact`, done by `by`."""
    changes = _EVOLVE[type(fact)](case, fact, by)
    return replace(case, **changes)


def rebuild(facts: Iterable[tuple[e.CaseFact, str]]) -> CaseState:
    """Return the case that the facts (each with who did it) make.

    :raises ValueError: the first fact isn't the start of a case.
    """
    case: CaseState | None = None
    for fact, by in facts:
        if case is None:
            if not isinstance(fact, e.CaseStarted):
                raise ValueError("a case begins with case.started")
            case = start(fact)
        else:
            case = evolve(case, fact, by=by)
    if case is None:
        raise ValueError("nothing happened yet")
    return case


Changes = dict[str, Any]


def _material_added(case: CaseState, fact: e.MaterialAdded, _by: str) -> Changes:
    held = Held(slot=fact.slot, key=fact.key, kind=fact.kind, level=fact.level, commitment=fact.commitment)
    return {"materials": (*case.materials, held), "corrected": _corrected(case, fact.slot)}


def _material_removed(case: CaseState, fact: e.MaterialRemoved, _by: str) -> Changes:
    kept = tuple(held for held in case.materials if held.key != fact.key)
    return {"materials": kept, "corrected": _corrected(case, fact.slot)}


def _form_confirmed(case: CaseState, fact: e.FormConfirmed, _by: str) -> Changes:
    changed = fact.commitment != case.form_commitment
    corrected = _corrected(case, FORM_SLOT) if changed else case.corrected
    return {"form_commitment": fact.commitment, "corrected": corrected}


def _corrected(case: CaseState, slot: str) -> tuple[str, ...]:
    if case.state is not State.CORRECTION or slot in case.corrected:
        return case.corrected
    return (*case.corrected, slot)


def _submitted(_case: CaseState, fact: e.CaseSubmitted, _by: str) -> Changes:
    return {
        "state": State.SUBMITTED,
        "official_number": fact.official_number,
        "delivery": fact.delivery,
        "received_on": fact.received_on,
        "present": "",
    }


def _correction_requested(case: CaseState, fact: e.CorrectionRequested, _by: str) -> Changes:
    return {
        "state": State.CORRECTION,
        "corrections": case.corrections + 1,
        "correction_slots": fact.slots,
        "mending": (),
    }


def _correction_submitted(_case: CaseState, fact: e.CorrectionSubmitted, _by: str) -> Changes:
    return {"state": State.SUBMITTED, "received_on": fact.received_on, "present": ""}


def _accepted(_case: CaseState, fact: e.CaseAccepted, by: str) -> Changes:
    return {"state": State.ACCEPTED, "accepted_on": fact.accepted_on, "accepted_by": by}


def _deemed_accepted(_case: CaseState, fact: e.CaseDeemedAccepted, by: str) -> Changes:
    return {"state": State.ACCEPTED, "accepted_on": fact.accepted_on, "accepted_by": by, "deemed": True}


def _step_completed(case: CaseState, fact: e.StepCompleted, by: str) -> Changes:
    return {"opinions": {**case.opinions, fact.step: (by, fact.agrees)}}


def _procedure_started(case: CaseState, fact: e.ProcedureStarted, _by: str) -> Changes:
    started = Procedure(
        key=fact.key, kind=fact.kind, started_on=fact.started_on, expected_on=fact.expected_on
    )
    return {"procedures": (*case.procedures, started)}


def _procedure_ended(case: CaseState, fact: e.ProcedureEnded, _by: str) -> Changes:
    return {
        "procedures": tuple(
            replace(one, ended_on=fact.ended_on) if one.key == fact.key else one for one in case.procedures
        )
    }


def _granted(_case: CaseState, fact: e.CaseGranted, by: str) -> Changes:
    return {"state": State.GRANTED, "decided_on": fact.decided_on, "decided_by": by, "granted": True}


def _refused(_case: CaseState, fact: e.CaseRefused, by: str) -> Changes:
    return {"state": State.REFUSED, "decided_on": fact.decided_on, "decided_by": by, "granted": False}


def _delivery_failed(case: CaseState, _fact: e.DeliveryFailed, _by: str) -> Changes:
    granted = State.REFUSED if case.granted is False else State.ISSUED
    return {"state": case.ending.state if case.ending else granted, "parcel": ""}


def _step_returned(case: CaseState, fact: e.StepReturned, _by: str) -> Changes:
    kept = {step: opinion for step, opinion in case.opinions.items() if step not in fact.superseded}
    return {"state": State.REVIEW, "opinions": kept, "proposal": None}


_EVOLVE: Final[dict[type[e.CaseFact], Callable[[CaseState, Any, str], Changes]]] = {
    e.MaterialAdded: _material_added,
    e.MaterialRemoved: _material_removed,
    e.FormConfirmed: _form_confirmed,
    e.ChannelChanged: lambda _case, fact, _by: {"channel": fact.channel, "present": fact.present},
    e.FormSigned: lambda case, _fact, _by: {"signed": case.form_commitment},
    e.DraftDiscarded: lambda _case, _fact, _by: {"state": State.DISCARDED},
    e.CaseSubmitted: _submitted,
    e.FilingCompleted: lambda _case, fact, _by: {"state": State.FILED, "decided_on": fact.completed_on},
    e.CorrectionRequested: _correction_requested,
    e.CorrectionSubmitted: _correction_submitted,
    e.CaseAccepted: _accepted,
    e.CaseDeemedAccepted: _deemed_accepted,
    e.ReviewStarted: lambda _case, _fact, _by: {"state": State.REVIEW},
    e.StepAssigned: lambda case, fact, _by: {"assigned": {**case.assigned, fact.step: fact.staff}},
    e.StepCompleted: _step_completed,
    e.ProcedureStarted: _procedure_started,
    e.ProcedureEnded: _procedure_ended,
    e.DecisionProposed: lambda _case, fact, _by: {"state": State.PROPOSED, "proposal": fact.grants},
    e.CaseGranted: _granted,
    e.CaseRefused: _refused,
    e.CaseWithdrawn: lambda _case, _fact, _by: {"state": State.WITHDRAWN},
    e.ResultIssued: lambda _case, fact, _by: {"state": State.ISSUED, "result": fact.result},
    e.ResultDispatched: lambda _case, fact, _by: {"state": State.DISPATCHED, "parcel": fact.parcel},
    e.DeliveryFailed: _delivery_failed,
    e.ResultServed: lambda _case, fact, _by: {"state": State.SERVED, "served_on": fact.served_on},
    e.CaseNotNeeded: lambda _case, fact, by: endings.not_needed(fact, by),
    e.CaseNotCompetent: lambda _case, fact, by: endings.not_competent(fact, by),
    e.MendingOffered: lambda _case, fact, _by: {"mending": fact.fields},
    e.CorrectedOnSpot: lambda _case, _fact, _by: {"mending": ()},
    e.StepReturned: _step_returned,
    e.FalseMaterialFound: lambda _case, fact, by: endings.false_material(fact, by),
    e.ReconsiderationSought: lambda _case, fact, _by: {"complained_of": fact.against.value},
    e.CaseTerminated: lambda _case, fact, by: endings.terminated(fact, by),
    e.CaseClosed: lambda _case, _fact, _by: {"state": State.CLOSED},
}
