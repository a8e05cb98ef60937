"""Checking the signed checkpoints one after the other, and what each of them covers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from suban.foundation.models import Checkpoint
from suban.foundation.queries.coverage import cover_events, cover_reads
from suban.foundation.queries.node_key import find_public_key
from suban.foundation.rules.evidence import follows, instant_text, is_signed_by, parse_object
from suban.foundation.types import GENESIS, Fault, FaultKind


@dataclass
class Signed:
    """How far the checkpoints reach."""

    count: int = 0
    head: str = GENESIS.digest
    last_event: int = 0
    last_read: int = 0


def check_checkpoints(signed: Signed) -> Iterator[Fault]:
    """Yield what is wrong with the checkpoints, and note in `signed` how far they reach."""
    number = 0
    for row in Checkpoint.objects.order_by("number").iterator():
        body = parse_object(row.body) or {}
        if row.number != number + 1:
            detail = f"checkpoints {number + 1} to {row.number - 1} are missing"
            yield Fault(FaultKind.CHECKPOINT_MISSING, "", number + 1, detail)
            _skip_to(body, signed)
        number = row.number
        for kind, detail in _faults(row, body, signed):
            yield Fault(kind, "", number, detail)
        signed.count += 1
        signed.head, signed.last_event, signed.last_read = row.digest, row.last_event, row.last_read


def _skip_to(body: Mapping[str, Any], signed: Signed) -> None:
    """Go on where this checkpoint claims to start, so that a gap is reported once."""
    signed.head = str(body.get("previous"))
    signed.last_event = _start(body.get("events"))
    signed.last_read = _start(body.get("reads"))


def _start(span: object) -> int:
    after = span.get("after") if isinstance(span, dict) else None
    return after if isinstance(after, int) else 0


def _faults(row: Checkpoint, body: Mapping[str, Any], signed: Signed) -> Iterator[tuple[FaultKind, str]]:
    if body.get("previous") != signed.head or not follows(signed.head, row.body, row.digest):
        yield FaultKind.CHECKPOINT_ALTERED, "the digest doesn't follow from the checkpoint before it"
    if (row.number, instant_text(row.signed_at)) != (body.get("number"), body.get("signed_at")):
        yield FaultKind.CHECKPOINT_ALTERED, "number or time differ from the signed body"
    key = find_public_key(str(body.get("key")))
    if key is None or not is_signed_by(key, row.body, row.signature):
        yield FaultKind.CHECKPOINT_FORGED, "not signed with a key of this node"
    events = cover_events(after=signed.last_event, until=row.last_event)
    if events.span(after=signed.last_event, until=row.last_event) != body.get("events"):
        yield FaultKind.EVENTS_NOT_AS_SIGNED, f"signed {body.get('events')}, found {events.count}"
    reads = cover_reads(after=signed.last_read, until=row.last_read)
    if reads.span(after=signed.last_read, until=row.last_read) != body.get("reads"):
        yield FaultKind.READS_NOT_AS_SIGNED, f"signed {body.get('reads')}, found {reads.count}"
