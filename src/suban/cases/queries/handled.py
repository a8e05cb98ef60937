"""How a case stands that a department's own system handles: for that system and for who watches it."""

from dataclasses import dataclass
from datetime import date, datetime

from suban.cases.models import Case
from suban.cases.queries.opening import open_row
from suban.cases.types import State


@dataclass(frozen=True, slots=True, kw_only=True)
class HandledStatus:
    """Where such a case stands, and the days that run; `system` is the id of who handles it.

    `separation` says that nobody may both accept and decide: within the department's system it is for
    that system to keep apart, and its messages name the officers.
    """

    number: str
    system: str
    system_name: str
    matter: str
    matter_name: str
    organ: str
    party: str
    state: State
    corrections: int
    received_at: datetime | None
    due_on: date | None
    due_kind: str
    legal_due_on: date | None
    deemed: bool
    separation: bool


def find_handled(number: str) -> HandledStatus | None:
    """Return how the case stands, or None where no department's system handles it."""
    row = Case.objects.filter(number=number).first()
    if row is None:
        return None
    case = open_row(row)
    handled_by = case.definition.handled_by
    if handled_by is None:
        return None
    return HandledStatus(
        number=row.number,
        system=handled_by.system,
        system_name=handled_by.name,
        matter=row.matter_code,
        matter_name=row.matter_name,
        organ=row.organ_code,
        party=row.party,
        state=State(row.state),
        corrections=case.state.corrections,
        received_at=row.received_at,
        due_on=row.due_on,
        due_kind=row.due_kind,
        legal_due_on=row.legal_due_on,
        deemed=case.state.deemed,
        separation=case.definition.separation,
    )
