"""How much of a case an officer sees: what the role in it needs, and nothing else exists.

Whoever judges the application reads it; whoever hands the result over knows to whom and where; whoever
supervises sees how it goes. Looking after the machine opens no case.
"""

from dataclasses import dataclass
from typing import Final

from suban.cases.errors import UnknownCaseError
from suban.cases.models import Case
from suban.cases.queries.opening import OpenedCase, open_row
from suban.cases.rules.letters import ADVERSE_KINDS
from suban.cases.types import State
from suban.identity.types import Actor, Role

CONTENT_ROLES: Final = frozenset({Role.CLERK, Role.EXAMINER, Role.REVIEWER, Role.DECIDER})
RESULT_LETTERS: Final = frozenset({"grant"}) | ADVERSE_KINDS
_SEEN_BY_STAFF: Final = frozenset(State) - {State.DRAFT, State.DISCARDED}


@dataclass(frozen=True, slots=True)
class Sight:
    """What is open to an officer: answers and materials, the handing over, the progress."""

    content: bool
    delivery: bool
    progress: bool

    @property
    def anything(self) -> bool:
        """Tell whether the case exists for the officer at all."""
        return self.content or self.delivery or self.progress


def find_for_staff(actor: Actor, number: str) -> OpenedCase:
    """Return a case of which the actor may see something.

    :raises UnknownCaseError: there is none that this officer may see; the two look the same.
    """
    row = Case.objects.select_related("form").filter(number=number, state__in=_SEEN_BY_STAFF).first()
    if row is None:
        raise UnknownCaseError
    case = open_row(row)
    if not sight_of(actor, case).anything:
        raise UnknownCaseError
    return case


def find_content(actor: Actor, number: str) -> OpenedCase:
    """Return a case whose answers and materials the actor may read.

    :raises UnknownCaseError: there is none; likewise.
    """
    case = find_for_staff(actor, number)
    if not sight_of(actor, case).content:
        raise UnknownCaseError
    return case


def sight_of(actor: Actor, case: OpenedCase) -> Sight:
    """Return what the actor's grants for this organ and matter open."""
    row = case.row
    roles = {role for role in Role if actor.may(role, row.organ_code, row.matter_code)}
    steps = {step.role.value for step in case.definition.steps}
    content = not roles.isdisjoint(CONTENT_ROLES) or not steps.isdisjoint(roles)
    return Sight(
        content=content,
        delivery=content or Role.DISPATCHER in roles,
        progress=content or Role.SUPERVISOR in roles,
    )
