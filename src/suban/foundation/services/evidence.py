"""Adding to the evidence: events on a stream, and checkpoints over everything new."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError, connection
from django.db.models import Max

from suban.foundation.errors import StreamMovedError
from suban.foundation.models import AccessLogEntry, Checkpoint, Event
from suban.foundation.queries.coverage import cover_events, cover_reads
from suban.foundation.queries.protection import table_name
from suban.foundation.rules.evidence import (
    canonical_text,
    chain_digest,
    instant_text,
    key_fingerprint,
    sign,
)
from suban.foundation.services.node_key import get_node_key
from suban.foundation.services.transactions import transaction, transaction_required
from suban.foundation.types import GENESIS, ChainHead, NewEvent
from suban.kernel.references import new_id

FORMAT: Final = 1
LOCK_WAIT: Final = "3s"  # a long transaction must not make every writer queue behind the checkpoint


@transaction_required
def append_events(
    *,
    stream: str,
    head: ChainHead,
    events: Sequence[NewEvent],
    at: datetime,
    effective_on: date,
    by: str,
    on_behalf_of: str = "",
) -> ChainHead:
    """Add `events` after `head` in one statement; return the new head, which the caller keeps.

    The caller holds the lock of the row that keeps `head`.

    :raises StreamMovedError: the head isn't the last one: the caller didn't hold the lock.
    """
    rows = []
    for event in events:
        common = {"stream": stream, "actor": by, "on_behalf_of": on_behalf_of}
        row = _link(event, common, head=head, at=at, effective_on=effective_on)
        rows.append(row)
        head = ChainHead(row.seq, row.digest)
    try:
        Event.objects.bulk_create(rows)
    except IntegrityError as error:
        raise StreamMovedError(stream) from error
    return head


def sign_checkpoint(*, at: datetime) -> int | None:
    """Sign everything that is new since the last checkpoint; return its number, None when nothing is.

    :raises NodeKeyMissingError: the node has no key yet and isn't a demo.
    """
    key = get_node_key()
    previous = Checkpoint.objects.order_by("-number").first()
    after = (previous.last_event, previous.last_read) if previous else (0, 0)
    last_event = max(_last_key(Event), after[0])
    last_read = max(_last_key(AccessLogEntry), after[1])
    if (last_event, last_read) == after:
        return None
    number = previous.number + 1 if previous else 1
    chained = previous.digest if previous else GENESIS.digest
    body = canonical_text(
        {
            "format": FORMAT,
            "number": number,
            "previous": chained,
            "signed_at": instant_text(at),
            "key": key_fingerprint(key.public_key()),
            "events": cover_events(after=after[0], until=last_event).span(after=after[0], until=last_event),
            "reads": cover_reads(after=after[1], until=last_read).span(after=after[1], until=last_read),
        },
    )
    with transaction():
        # Two workers at once: the number is unique, the second one fails and finds nothing new next time.
        Checkpoint.objects.create(
            number=number,
            signed_at=at,
            last_event=last_event,
            last_read=last_read,
            body=body,
            digest=chain_digest(chained, body),
            signature=sign(key, body),
        )
    return number


def _link(
    event: NewEvent, common: dict[str, str], *, head: ChainHead, at: datetime, effective_on: date
) -> Event:
    fields: dict[str, Any] = {
        **common,
        "event_id": new_id(),
        "seq": head.seq + 1,
        "type": event.type,
        "version": event.version,
    }
    body = canonical_text(
        {
            **fields,
            "recorded_at": instant_text(at),
            "effective_on": effective_on.isoformat(),
            "data": dict(event.data),
        },
    )
    digest = chain_digest(head.digest, body)
    return Event(**fields, recorded_at=at, effective_on=effective_on, body=body, digest=digest)


def _last_key(model: type[Event] | type[AccessLogEntry]) -> int:
    """Return the last key of the table, below which no insert is still under way.

    PostgreSQL hands out keys before it commits: the lock waits for those in flight. One table at a
    time, because holding one lock while waiting for the other could deadlock with a writer of both.
    """
    with transaction():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
                cursor.execute(f'LOCK TABLE "{table_name(model)}" IN SHARE MODE')
        last = model.objects.aggregate(last=Max("pk"))["last"]
    return last or 0
