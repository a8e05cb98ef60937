"""A published calendar moves the deadlines that were provisional, and says which."""

from datetime import UTC, date, datetime

from suban.cases.models import Case, CaseTask
from suban.cases.services.recomputing import recompute_deadlines
from suban.cases.services.submission import submit_case
from suban.foundation.services.calendar import import_calendar
from suban.identity.types import Actor

LATE = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)


def test_a_new_calendar_moves_what_it_changes_and_nothing_else(filled: str, applicant: Actor) -> None:
    submit_case(actor=applicant, number=filled, at=LATE)
    before = Case.objects.get(number=filled).due_on

    import_calendar(
        rows=[(date(2027, 1, day), False) for day in range(1, 9)],
        version="test-2027",
        source="test",
        provisional_years=frozenset(),
        at=LATE,
    )
    moved = list(recompute_deadlines(at=LATE))
    again = list(recompute_deadlines(at=LATE))

    (change,) = moved
    assert (change.number, change.kind, change.before) == (filled, "notice", before)
    assert change.after > before
    assert not Case.objects.get(number=filled).due_provisional
    assert set(CaseTask.objects.filter(case__number=filled).values_list("due_on", flat=True)) == {
        change.after
    }
    assert again == []
