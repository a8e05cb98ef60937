"""Decide: whether an act is lawful now, and which facts it makes.

Pure: everything needed comes in with the context; nothing is read or written here. A module for each stage
of a case knows the commands of that stage.
"""

from types import MappingProxyType
from typing import Final

from suban.cases.errors import UnknownCaseError
from suban.cases.rules import commands as c
from suban.cases.rules.engine import (
    accepting,
    channels,
    complaining,
    deciding,
    delivering,
    preparing,
    reviewing,
    special,
    turning,
)
from suban.cases.rules.engine.context import Context, Facts, Table, check_seat
from suban.cases.rules.engine.delivering import AUTHORISED_CAPACITIES
from suban.cases.rules.engine.reviewing import open_steps
from suban.cases.rules.engine.special import open_kinds
from suban.cases.rules.engine.turning import earlier_steps
from suban.cases.rules.frames import find_move
from suban.cases.rules.state import CaseState

__all__ = ["AUTHORISED_CAPACITIES", "Context", "Facts", "decide", "earlier_steps", "open_kinds", "open_steps"]
_DECIDE: Final[Table] = MappingProxyType(
    {
        **preparing.DECIDE,
        **channels.DECIDE,
        **accepting.DECIDE,
        **reviewing.DECIDE,
        **special.DECIDE,
        **deciding.DECIDE,
        **delivering.DECIDE,
        **turning.DECIDE,
        **complaining.DECIDE,
    },
)


def decide(case: CaseState, command: c.Command, context: Context) -> Facts:
    """Return the facts that `command` makes of `case`.

    :raises UnknownCaseError: the actor has nothing to do with the case, and doesn't learn how it stands.
    :raises MoveNotAllowedError: the frame gives no such step from here.
    :raises NotYourSeatError: somebody else must do it.
    :raises DomainError: a guard of the law stands against it; the message says which.
    """
    if not (context.is_party or context.is_system or context.roles):
        raise UnknownCaseError
    move = find_move(case.frame, case.state, command.act)
    check_seat(case, command, move.seat, context)
    return _DECIDE[type(command)](case, command, context)
