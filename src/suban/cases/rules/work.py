"""What waits for whom in a case: the open tasks that follow from its state."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from suban.cases.rules.deadlines import deadlines, suspension
from suban.cases.rules.endings import ENDED
from suban.cases.rules.engine import open_steps
from suban.cases.rules.state import CaseState
from suban.cases.rules.terms import Terms
from suban.cases.types import Deadline, Seat, State
from suban.catalogue.types import DeliveryChannel
from suban.kernel.working_days import WorkingCalendar

_WORK: Final = {
    State.SUBMITTED: ("accept", Seat.CLERK),
    State.PROPOSED: ("decide", Seat.DECIDER),
    State.REFUSED: ("dispatch", Seat.DISPATCHER),
    State.ISSUED: ("dispatch", Seat.DISPATCHER),
    **dict.fromkeys(ENDED, ("dispatch", Seat.DISPATCHER)),
}
_HANDLED_ELSEWHERE: Final = frozenset({State.SUBMITTED, State.ACCEPTED, State.REVIEW, State.PROPOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A task: `key` names the act, `role` who may do it, `assignee` whom the lot chose."""

    key: str
    role: str
    assignee: str = ""


def open_work(case: CaseState, terms: Terms) -> frozenset[Work]:
    """Return the tasks that are open in `case`; nobody here works on what a department's system handles."""
    if terms.handler and case.state in _HANDLED_ELSEWHERE:
        return frozenset()
    if case.state is State.REVIEW:
        return frozenset(
            Work(key=step.key, role=step.role, assignee=case.assigned.get(step.key, ""))
            for step in open_steps(case, terms.steps)
        )
    if case.state is State.ACCEPTED and terms.instant:
        return frozenset({Work(key="grant_on_spot", role=Seat.EXAMINER)})
    if case.state is State.DISPATCHED and case.delivery is DeliveryChannel.PICKUP:
        return frozenset({Work(key="hand_over", role=Seat.DISPATCHER)})
    if case.delivery is DeliveryChannel.ELECTRONIC and case.state is not State.SUBMITTED:
        return _decision_only(case)
    return _of_state(case)


def _of_state(case: CaseState) -> frozenset[Work]:
    if case.state not in _WORK:
        return frozenset()
    key, seat = _WORK[case.state]
    return frozenset({Work(key=key, role=seat)})


def _decision_only(case: CaseState) -> frozenset[Work]:
    # An electronic result needs no dispatcher.
    return _of_state(case) if case.state is State.PROPOSED else frozenset()


def next_due(case: CaseState, terms: Terms, calendar: WorkingCalendar) -> Deadline | None:
    """Return the deadline that presses first, or None when none runs."""
    running = deadlines(case, terms, calendar)
    return running[0] if running else None


def work_due_on(case: CaseState, due: Deadline | None, fallback: date) -> date:
    """Return the day by which open work should be done; the day it arose where no deadline runs.

    While the clock stands still it is the day on which the special procedure should be over, as its notice
    said.
    """
    if due is None and (running := [one.expected_on for one in case.procedures if one.ended_on is None]):
        return max(running)
    return due.due_on if due else case.decided_on or case.received_on or fallback


def days_left(case: CaseState, terms: Terms, calendar: WorkingCalendar) -> int | None:
    """Return how many days of the legal period are left while it stands still, otherwise None."""
    standing = suspension(case, terms, calendar)
    return standing.legal_left if standing else None
