"""Watching for silence: judged after every message and every hour; once it is told, the system is asked."""

from datetime import datetime

from suban.cases.queries.handled import HandledStatus, find_handled
from suban.departments.models import HandledCase, UsedNonce
from suban.departments.rules.signatures import WINDOW
from suban.departments.rules.silence import Watch, find_alarm
from suban.departments.services.pushing import plan_on
from suban.departments.types import Alarm, MessageKind, Outcome, PushKind
from suban.foundation.services.transactions import transaction, transaction_required
from suban.kernel.clock import civil_day


def watch_silence(*, at: datetime) -> int:
    """Judge every open case anew, each in a transaction of its own; return how many are silent."""
    silent = 0
    for pk in HandledCase.objects.filter(closed_at__isnull=True).order_by("id").values_list("pk", flat=True):
        with transaction():
            row = HandledCase.objects.select_for_update(no_key=True).get(pk=pk)
            before = row.alarm
            judge_silence(row, find_handled(row.number), at=at)
            row.save(update_fields=["alarm", "alarm_text"])
            if row.alarm and not before:
                plan_on(row, kind=PushKind.STATUS_QUERY, key=civil_day(at).isoformat(), at=at)
            silent += bool(row.alarm)
    return silent


@transaction_required
def judge_silence(row: HandledCase, status: HandledStatus | None, *, at: datetime) -> None:
    """Set the alarm of a locked row (unsaved)."""
    waiting = row.messages.filter(outcome=Outcome.WAITING).order_by("received_at").first()
    said_more = row.messages.exclude(kind=MessageKind.RECEIVED).exists()
    watch = Watch(
        is_open=status is not None and row.closed_at is None,
        pushed_at=row.pushed_at,
        heard_at=row.last_heard_at,
        waiting_since=waiting.received_at if waiting else None,
        due_on=status.due_on if status else None,
        due_kind=status.due_kind if status else "",
        deemed_unheard=bool(status and status.deemed and not said_more),
    )
    alarm, words = find_alarm(watch, at=at, today=civil_day(at))
    row.alarm, row.alarm_text = Alarm(alarm).value, words


def forget_nonces(*, at: datetime) -> int:
    """Forget the nonces of requests that are too old to be accepted anyway; return how many."""
    return UsedNonce.objects.filter(used_at__lt=at - 3 * WINDOW).delete()[0]
