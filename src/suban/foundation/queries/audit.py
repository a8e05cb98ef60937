"""Going through all evidence: every chain, every checkpoint, every head that a context keeps.

Everything is streamed, so that memory stays small however many years are kept. Writers go on
meanwhile: what is compared is either in one snapshot (one SELECT) or looked at again before it counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.db.models import Max, Q

from suban.foundation.models import AccessLogEntry, Event
from suban.foundation.ports import list_stream_heads
from suban.foundation.queries.checkpoints import Signed, check_checkpoints
from suban.foundation.queries.coverage import CHUNK
from suban.foundation.rules.evidence import find_event_faults, instant_text
from suban.foundation.types import GENESIS, AuditReport, ChainHead, Fault, FaultKind

SHOWN: Final = 1000  # faults listed in a report; a lost disk could give millions
HEADS: Final = 200


@dataclass
class Findings:
    """What was found so far; the first faults in full, the others by their number."""

    faults: list[Fault] = field(default_factory=list)
    count: int = 0
    events: int = 0
    streams: int = 0

    def take(self, faults: Iterable[Fault]) -> None:
        """Count every fault and keep the first ones."""
        for fault in faults:
            self.count += 1
            if len(self.faults) < SHOWN:
                self.faults.append(fault)


def verify_evidence() -> AuditReport:
    """Return whether all evidence is as it was recorded, with every fault found."""
    findings = Findings()
    signed = Signed()
    findings.take(check_checkpoints(signed))
    findings.take(_check_streams(findings))
    findings.take(_check_heads())
    return AuditReport(
        streams=findings.streams,
        events=findings.events,
        reads=AccessLogEntry.objects.count(),
        checkpoints=signed.count,
        uncovered_events=Event.objects.filter(id__gt=signed.last_event).count(),
        uncovered_reads=AccessLogEntry.objects.filter(id__gt=signed.last_read).count(),
        head=signed.head,
        fault_count=findings.count,
        faults=tuple(findings.faults),
    )


def _check_streams(findings: Findings) -> Iterator[Fault]:
    stream, seq, previous = "", 0, GENESIS.digest
    for row in Event.objects.order_by("stream", "seq").iterator(chunk_size=CHUNK):
        if row.stream != stream:
            stream, seq, previous = row.stream, 0, GENESIS.digest
            findings.streams += 1
        findings.events += 1
        whole = row.seq == seq + 1
        if not whole:
            detail = f"events {seq + 1} to {row.seq - 1} are missing"
            yield Fault(FaultKind.MISSING_EVENT, stream, seq + 1, detail)
        seq = row.seq
        for kind, detail in find_event_faults(
            _columns(row), row.body, digest=row.digest, previous=previous if whole else None
        ):
            yield Fault(kind, stream, seq, detail)
        previous = row.digest


def _columns(row: Event) -> dict[str, Any]:
    return {
        "event_id": row.event_id,
        "stream": row.stream,
        "seq": row.seq,
        "type": row.type,
        "version": row.version,
        "recorded_at": instant_text(row.recorded_at),
        "effective_on": row.effective_on.isoformat(),
        "actor": row.actor,
        "on_behalf_of": row.on_behalf_of,
    }


def _check_heads() -> Iterator[Fault]:
    passed: dict[str, int] = {}
    heads = iter(list_stream_heads())
    while chunk := dict(islice(heads, HEADS)):
        last = _last_seqs(chunk)
        digests = _digests_at(chunk)
        for stream, head in chunk.items():
            if head != GENESIS and digests.get(stream) != head.digest:
                yield _head_fault(stream, head, last.get(stream, 0))
            elif last.get(stream, 0) > head.seq:
                passed[stream] = last[stream]
    yield from _still_passed(passed)


def _last_seqs(heads: dict[str, ChainHead]) -> dict[str, int]:
    rows = Event.objects.filter(stream__in=list(heads)).values_list("stream").annotate(Max("seq"))
    return dict(rows)


def _digests_at(heads: dict[str, ChainHead]) -> dict[str, str]:
    places = Q(pk__in=[])
    for stream, head in heads.items():
        places |= Q(stream=stream, seq=head.seq)
    return dict(Event.objects.filter(places).values_list("stream", "digest"))


def _head_fault(stream: str, head: ChainHead, last: int) -> Fault:
    if last < head.seq:
        detail = f"the kept head is event {head.seq}, the stream ends at {last}"
        return Fault(FaultKind.TRUNCATED_STREAM, stream, head.seq, detail)
    detail = "the digest of the kept head isn't that of the event"
    return Fault(FaultKind.HEAD_DIFFERS, stream, head.seq, detail)


def _still_passed(passed: dict[str, int]) -> Iterator[Fault]:
    """Yield streams longer than their kept head, unless the owner moved on while we looked."""
    if not passed:
        return
    for stream, head in list_stream_heads():
        if passed.get(stream, 0) > head.seq:
            detail = f"the kept head is event {head.seq}, yet the stream goes on to {passed[stream]}"
            yield Fault(FaultKind.HEAD_PASSED, stream, head.seq, detail)
