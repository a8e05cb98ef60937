"""Deriving due days anew when the calendar changed: which days moved, from when to when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from suban.cases.models import Case, CaseTask
from suban.cases.queries.opening import open_row
from suban.cases.rules.work import days_left, next_due, work_due_on
from suban.cases.services.acting import lock_case, project_due
from suban.cases.types import State
from suban.foundation.services.transactions import transaction
from suban.kernel.clock import civil_day

_OPEN: Final = frozenset(State) - {
    State.DRAFT,
    State.DISCARDED,
    State.CORRECTION,
    State.CLOSED,
    State.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDeadline:
    """A due day that the calendar moved."""

    number: str
    kind: str
    before: date | None
    after: date | None


def recompute_deadlines(*, at: datetime) -> Iterator[MovedDeadline]:
    """Derive the due days of every open case anew; yield those that moved.

    Each case in a transaction of its own, so that a long run stops nobody and may be taken up again.
    """
    rows = Case.objects.filter(state__in=_OPEN).order_by("id").iterator(chunk_size=500)
    for row in rows:
        fresh = open_row(row)
        due = next_due(fresh.state, fresh.terms, fresh.calendar)
        provisional = bool(due and due.provisional)
        left = days_left(fresh.state, fresh.terms, fresh.calendar)
        derived = (due.due_on if due else None, provisional, left)
        if derived == (row.due_on, row.due_provisional, row.days_left):
            continue
        moved = _recompute(row.number, at)
        if moved.before != moved.after:
            yield moved


def _recompute(number: str, at: datetime) -> MovedDeadline:
    with transaction():
        case = lock_case(number)
        before = case.row.due_on
        project_due(case)
        case.row.save(update_fields=["due_on", "due_kind", "due_provisional", "days_left", "legal_due_on"])
        due = next_due(case.state, case.terms, case.calendar)
        CaseTask.objects.filter(case=case.row, done_at__isnull=True).update(
            due_on=work_due_on(case.state, due, civil_day(at)),
        )
    return MovedDeadline(number=number, kind=case.row.due_kind, before=before, after=case.row.due_on)
