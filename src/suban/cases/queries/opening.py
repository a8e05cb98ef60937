"""A case opened: its row, its state, and the terms, calendar and rights that decide about it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from pydantic import TypeAdapter

from suban.cases.errors import UnknownCaseError
from suban.cases.models import Case
from suban.cases.rules.engine import Context
from suban.cases.rules.state import CaseState
from suban.cases.rules.terms import Terms
from suban.catalogue.queries import get_version
from suban.catalogue.types import MatterDefinition
from suban.foundation.queries.calendar import get_calendar
from suban.identity.types import SYSTEM, Actor
from suban.kernel.clock import civil_day
from suban.kernel.working_days import WorkingCalendar

_STATE: Final = TypeAdapter(CaseState)
_TERMS: Final[dict[str, Terms]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCase:
    """A case with everything that decides about it; its row may be locked by the transaction or not."""

    row: Case
    state: CaseState
    definition: MatterDefinition
    terms: Terms
    calendar: WorkingCalendar


def open_row(row: Case) -> OpenedCase:
    """Return what decides about the case of `row`, as the row has it."""
    definition = get_version(row.matter_version_id).definition
    return OpenedCase(
        row=row,
        state=read_snapshot(row.snapshot),
        definition=definition,
        terms=terms_of(definition),
        calendar=get_calendar(),
    )


def terms_of(definition: MatterDefinition) -> Terms:
    """Return the terms of a definition, worked out once per content."""
    if definition.digest not in _TERMS:
        _TERMS[definition.digest] = Terms.of(definition)
    return _TERMS[definition.digest]


def read_snapshot(text: str) -> CaseState:
    """Return the state that a row keeps."""
    return _STATE.validate_json(text)


def write_snapshot(state: CaseState) -> str:
    """Return the text under which a row keeps `state`."""
    return _STATE.dump_json(state).decode()


def make_context(case: OpenedCase, actor: Actor, at: datetime, *, on: date | None = None) -> Context:
    """Return what decides besides the case: who asks, when, and under which terms.

    `on` is the legal day of what is done, where that isn't the day of `at`.
    """
    roles = frozenset(
        str(grant.role)
        for grant in actor.grants
        if case.row.organ_code in grant.organs
        and (grant.matters is None or case.row.matter_code in grant.matters)
    )
    return Context(
        at=at,
        today=on or civil_day(at),
        actor=actor.ref,
        roles=roles,
        is_party=actor.party == case.row.party,
        is_system=actor.ref == SYSTEM.ref,
        terms=case.terms,
        calendar=case.calendar,
    )


def open_own(actor: Actor, number: str) -> OpenedCase:
    """Return the actor's own case as it stands; nothing is locked.

    :raises UnknownCaseError: there is none, or it is somebody else's; the two look the same.
    """
    row = Case.objects.select_related("form").filter(number=number, party=actor.party).first()
    if row is None:
        raise UnknownCaseError
    return open_row(row)


def open_any(number: str) -> OpenedCase:
    """Return a case, whoever asks: for acts whose seat the engine checks, and for the worker.

    :raises UnknownCaseError: there is none.
    """
    row = Case.objects.select_related("form").filter(number=number).first()
    if row is None:
        raise UnknownCaseError
    return open_row(row)
