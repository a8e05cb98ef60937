"""The outbox: what was published is handled later, surely, outside the publisher's transaction.

`publish` writes one row per subscribed handler into the publisher's transaction. A worker claims a row
under a lease, runs the handler outside any transaction of its own, and notes the outcome. A worker that is
killed loses its lease, and another takes over: a handler may therefore run twice and must be idempotent.
Failures are tried again with growing pauses; after the last attempt the row stays as a dead letter until
an administrator revives it.
"""

from datetime import datetime
from typing import Final

import orjson
import structlog
from django.db.models import Q

from suban.foundation import ports
from suban.foundation.errors import UnknownDeadLetterError
from suban.foundation.models.outbox import Delivery
from suban.foundation.rules.delays import LEASE, MAX_ATTEMPTS, backoff, is_given_up, jittered, moving
from suban.foundation.services.subscriptions import find_subscription, subscriptions_to
from suban.foundation.services.transactions import run_after_commit, transaction, transaction_required
from suban.kernel.errors import DomainError
from suban.kernel.messages import Message
from suban.kernel.references import new_id

log = structlog.get_logger()
_ERROR_LENGTH: Final = 500


@transaction_required
def publish(message: Message, *, key: str = "") -> None:
    """Put `message` on its way to everyone subscribed to it, in the publisher's transaction.

    With a `key` the same message published again is ignored.
    """
    payload = orjson.dumps(message.encode()).decode()
    key = f"{message.topic}:{key}" if key else new_id()
    rows = [
        Delivery(key=key, handler=subscription.name, topic=message.topic, payload=payload)
        for subscription in subscriptions_to(type(message))
    ]
    if rows:
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        run_after_commit(ports.bell.get().ring)


def run_due(*, at: datetime, limit: int = 100) -> int:
    """Make the deliveries that are due at `at`, `limit` at most; return how many were tried."""
    if not _is_anything_due(at):
        return 0
    tried, moment = 0, moving(at)
    delivery = _claim(at=at)
    while delivery is not None:
        tried += 1
        error = _deliver(delivery, moment())
        delivery = _settle_and_claim(delivery, error, at=moment(), more=tried < limit)
    return tried


def revive(delivery_id: int) -> None:
    """Let a dead letter be tried again from the start.

    :raises UnknownDeadLetterError: no dead letter has this number.
    """
    revived = Delivery.objects.filter(pk=delivery_id, state=Delivery.DEAD).update(
        state=Delivery.WAITING,
        attempts=0,
        available_at=None,
        settled_at=None,
        lease_until=None,
        lease_token="",
    )
    if not revived:
        raise UnknownDeadLetterError("没有这条失败消息，可能已被重新投递。", id=delivery_id)
    run_after_commit(ports.bell.get().ring)


def forget_settled(*, before: datetime) -> int:
    """Delete the rows of deliveries that were made before `before`; dead letters stay."""
    return Delivery.objects.filter(state=Delivery.DONE, settled_at__lt=before).delete()[0]


def _due(at: datetime) -> Q:
    return (
        Q(state=Delivery.WAITING)
        & (Q(available_at=None) | Q(available_at__lte=at))
        & (Q(lease_until=None) | Q(lease_until__lte=at))
    )


def _is_anything_due(at: datetime) -> bool:
    # A plain read, so that an idle worker never takes SQLite's write lock.
    return Delivery.objects.filter(_due(at)).exists()


def _claim(*, at: datetime) -> Delivery | None:
    with transaction():
        return _take_next(at)


def _take_next(at: datetime) -> Delivery | None:
    # On PostgreSQL rows that another worker is claiming are skipped; on SQLite the transaction began
    # by taking the write lock, so nobody else is claiming.
    row = Delivery.objects.select_for_update(skip_locked=True).filter(_due(at)).order_by("id").first()
    if row is None:
        return None
    row.attempts += 1
    row.lease_until = at + LEASE
    row.lease_token = new_id()
    row.save(update_fields=["attempts", "lease_until", "lease_token"])
    return row


def _deliver(row: Delivery, at: datetime) -> str:
    # Returns what went wrong, or nothing. A worker is an edge: whatever a handler raises is noted here.
    if row.attempts > MAX_ATTEMPTS:
        return "LeaseLost: the worker died each time while handling it"
    subscription = find_subscription(row.handler)
    if subscription is None:
        return "LookupError: no handler has this name here"
    try:
        subscription.handler(subscription.message_type.decode(orjson.loads(row.payload)), at)
    except Exception as error:  # noqa: BLE001 - the edge: noted on the row, tried again, shown when dead
        _log_failure(row, error)
        return f"{type(error).__name__}: {error}"[:_ERROR_LENGTH]
    return ""


def _log_failure(row: Delivery, error: Exception) -> None:
    # Type and code only: an error's words may name a person.
    code = error.code if isinstance(error, DomainError) else ""
    log.warning(
        "outbox.handler_failed",
        topic=row.topic,
        handler=row.handler,
        delivery=row.pk,
        attempt=row.attempts,
        error=type(error).__name__,
        code=code,
    )


def _settle_and_claim(row: Delivery, error: str, *, at: datetime, more: bool) -> Delivery | None:
    # One commit notes the outcome and takes the next row.
    with transaction():
        _settle(row, error, at)
        return _take_next(at) if more else None


def _settle(row: Delivery, error: str, at: datetime) -> None:
    changes: dict[str, object] = {"lease_until": None, "lease_token": "", "last_error": error}
    if not error:
        changes |= {"state": Delivery.DONE, "settled_at": at}
    elif is_given_up(row.attempts):
        changes |= {"state": Delivery.DEAD, "settled_at": at}
        log.error("outbox.dead_letter", topic=row.topic, handler=row.handler, delivery=row.pk)
    else:
        changes |= {"available_at": at + jittered(backoff(row.attempts))}
    kept = Delivery.objects.filter(pk=row.pk, lease_token=row.lease_token).update(**changes)
    if not kept:
        log.warning("outbox.lease_lost", topic=row.topic, handler=row.handler, delivery=row.pk)
