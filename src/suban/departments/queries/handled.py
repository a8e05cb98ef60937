"""What passed between cases and departments' systems, for those who follow and those who supervise."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Count, Q, QuerySet

from suban.departments.errors import UnknownPushError
from suban.departments.models import OPEN_QUESTIONS, HandledCase, InboundMessage, Push
from suban.departments.types import (
    Alarm,
    HandledFile,
    HandledLine,
    HandledPage,
    MessageKind,
    MessageView,
    Outcome,
    PushKind,
    PushState,
    PushView,
)
from suban.identity.types import Actor, Role

FOLLOWERS: Final = (
    Role.CLERK,
    Role.EXAMINER,
    Role.REVIEWER,
    Role.DECIDER,
    Role.SUPERVISOR,
    Role.ADMINISTRATOR,
)
_IN_QUESTION: Final = Q(messages__outcome__in=OPEN_QUESTIONS, messages__settled_at__isnull=True)
_FAILED: Final = Q(pushes__state=PushState.FAILED.value)
_LONGEST_CURSOR: Final = 18


def visible_to(actor: Actor, roles: Iterable[Role] = FOLLOWERS) -> QuerySet[HandledCase]:
    """Return the cases that the actor may follow: those of the organs and matters of the roles held."""
    condition = Q(pk__in=[])
    wanted = frozenset(roles)
    for grant in actor.grants:
        if grant.role in wanted:
            reach = Q(organ_code__in=sorted(grant.organs))
            if grant.matters is not None:
                reach &= Q(matter_code__in=sorted(grant.matters))
            condition |= reach
    return HandledCase.objects.filter(condition)


def list_handled(*, actor: Actor, cursor: str = "", limit: int = 50) -> HandledPage:
    """Return the cases in departments' systems, the newest first."""
    return _page(visible_to(actor), cursor, limit)


def list_in_question(*, actor: Actor, cursor: str = "", limit: int = 50) -> HandledPage:
    """Return those that somebody has to look at: silent, contradicted, or not pushed."""
    rows = visible_to(actor).filter(~Q(alarm=Alarm.NONE.value) | _IN_QUESTION | _FAILED).values("pk")
    return _page(HandledCase.objects.filter(pk__in=rows), cursor, limit)


def get_handled_file(*, actor: Actor, number: str) -> HandledFile:
    """Return everything that passed between a case and its system.

    :raises UnknownPushError: no such case in a department's system, or not for this officer.
    """
    row = _counted(visible_to(actor).filter(number=number)).first()
    if row is None:
        raise UnknownPushError("这个办件没有交给部门系统办理，或者不由您跟踪。")
    return HandledFile(
        line=_line(row),
        pushes=tuple(_push(push) for push in row.pushes.order_by("-sequence")),
        messages=tuple(_message(message) for message in row.messages.order_by("-sequence")),
    )


def _page(rows: QuerySet[HandledCase], cursor: str, limit: int) -> HandledPage:
    if cursor.isdecimal() and len(cursor) <= _LONGEST_CURSOR:
        rows = rows.filter(pk__lt=int(cursor))
    found = list(_counted(rows).order_by("-id")[: limit + 1])
    lines = tuple(_line(row) for row in found[:limit])
    return HandledPage(lines=lines, next_cursor=str(found[limit - 1].pk) if len(found) > limit else "")


def _counted(rows: QuerySet[HandledCase]) -> QuerySet[HandledCase]:
    return rows.annotate(
        questions=Count("messages", filter=_IN_QUESTION, distinct=True),
        failures=Count("pushes", filter=_FAILED, distinct=True),
    )


def _line(row: HandledCase) -> HandledLine:
    return HandledLine(
        number=row.number,
        matter_name=row.matter_name,
        organ=row.organ_code,
        system=row.system,
        alarm=Alarm(row.alarm),
        alarm_text=row.alarm_text,
        contradictions=getattr(row, "questions", 0),
        failed_pushes=getattr(row, "failures", 0),
        last_heard_at=row.last_heard_at,
        pushed_at=row.pushed_at,
    )


def _push(row: Push) -> PushView:
    return PushView(
        ref=row.ref,
        kind=PushKind(row.kind),
        state=PushState(row.state),
        sequence=row.sequence,
        attempts=row.attempts,
        planned_at=row.planned_at,
        delivered_at=row.delivered_at,
        error=row.error,
    )


def _message(row: InboundMessage) -> MessageView:
    return MessageView(
        id=row.pk,
        message_id=row.message_id,
        kind=MessageKind(row.kind),
        sequence=row.sequence,
        said_at=row.said_at,
        received_at=row.received_at,
        outcome=Outcome(row.outcome),
        code=row.code,
        reason=row.reason,
        late=row.late,
        settled=row.settled_at is not None,
    )
