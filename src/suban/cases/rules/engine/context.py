"""What decides besides the case itself, and whose seat an act needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from suban.cases import errors
from suban.cases import events as e
from suban.cases.rules import commands as c
from suban.cases.rules.state import CaseState
from suban.cases.rules.terms import Terms
from suban.cases.types import Seat
from suban.kernel.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What decides besides the case itself.

    `roles` are those that the actor holds for this organ and matter; `problems` is all that is
    missing or wrong in the application; `eligible` names the officers for each review step.
    """

    at: datetime
    today: date
    actor: str
    roles: frozenset[str] = frozenset()
    is_party: bool = False
    is_system: bool = False
    terms: Terms
    calendar: WorkingCalendar
    problems: tuple[Mapping[str, str], ...] = ()
    eligible: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seed: str = ""


Facts = tuple[e.CaseFact, ...]

Table = Mapping[type[c.Command], Callable[[CaseState, Any, Context], Facts]]
"""What a module of the engine knows to decide, by command."""


def check_seat(case: CaseState, command: c.Command, seat: Seat, context: Context) -> None:
    """Let only whoever holds `seat` act.

    :raises NotYourSeatError: somebody else must do it.
    """
    if seat is Seat.APPLICANT:
        allowed = context.is_party
    elif seat is Seat.SYSTEM:
        allowed = context.is_system or _witnessed(command, context)
    elif context.terms.handler and seat is not Seat.DISPATCHER:
        # Two hands on one case would make two truths: officers follow it here, and act over there.
        allowed = context.actor == context.terms.handler
    elif seat is Seat.STEP:
        allowed = isinstance(command, c.CompleteStep | c.ReturnToStep) and _may_complete(
            case, command, context
        )
    else:
        allowed = seat.value in context.roles
    if not allowed:
        raise errors.NotYourSeatError


def _witnessed(command: c.Command, context: Context) -> bool:
    # A result handed over at the window is recorded by the officer who did it.
    at_window = isinstance(command, c.Serve) and command.capacity in {"window", "authorised", "addressee"}
    return at_window and Seat.DISPATCHER.value in context.roles


def _may_complete(case: CaseState, command: c.CompleteStep | c.ReturnToStep, context: Context) -> bool:
    step = next((step for step in context.terms.steps if step.key == command.step), None)
    if step is None or step.role not in context.roles:
        return False
    return case.assigned.get(step.key, context.actor) == context.actor
