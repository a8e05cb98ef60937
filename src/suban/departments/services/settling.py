"""Laying a contradiction to rest, once somebody has cleared it up with the department."""

from datetime import datetime
from typing import Final

from suban.departments.errors import UnknownPushError
from suban.departments.models import OPEN_QUESTIONS, InboundMessage
from suban.departments.queries.handled import visible_to
from suban.foundation.services.transactions import transaction
from suban.identity.queries import recheck
from suban.identity.types import Actor, Role

_SETTLERS: Final = (Role.SUPERVISOR, Role.DECIDER, Role.CLERK)


def settle_message(*, actor: Actor, number: str, message: int, at: datetime) -> None:
    """Say that a contradictory or refused message was cleared up. Twice is once.

    :raises UnknownPushError: no such message in question, or not for this officer.
    """
    actor = recheck(actor)
    with transaction():
        cases = visible_to(actor, _SETTLERS).filter(number=number)
        row = (
            InboundMessage.objects.select_for_update(of=("self",))
            .filter(pk=message, case__in=cases, outcome__in=OPEN_QUESTIONS)
            .first()
        )
        if row is None:
            raise UnknownPushError("没有这条待核实的消息，或者不由您处理。")
        if row.settled_at is None:
            row.settled_at, row.settled_by = at, actor.ref
            row.save(update_fields=["settled_at", "settled_by"])
