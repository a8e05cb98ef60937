"""Reading the evidence: a stream as it was recorded, and the audit of everything."""

import json

from suban.foundation.models import Event
from suban.foundation.queries.audit import verify_evidence
from suban.foundation.types import StoredEvent

__all__ = ["list_events", "verify_evidence"]


def list_events(stream: str) -> list[StoredEvent]:
    """Return the events of a stream in order; none when it has none."""
    return [_stored(row) for row in Event.objects.filter(stream=stream).order_by("seq")]


def _stored(row: Event) -> StoredEvent:
    return StoredEvent(
        event_id=row.event_id,
        type=row.type,
        version=row.version,
        stream=row.stream,
        seq=row.seq,
        recorded_at=row.recorded_at,
        effective_on=row.effective_on,
        actor=row.actor,
        on_behalf_of=row.on_behalf_of,
        data=json.loads(row.body)["data"],
        digest=row.digest,
    )
