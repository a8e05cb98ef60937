"""What a checkpoint signs: new events and new reads, in the order of their keys, row by row."""

import json
from collections.abc import Iterator
from typing import Final

from suban.foundation.models import AccessLogEntry, Event
from suban.foundation.rules.evidence import Coverage, canonical_text, instant_text

CHUNK: Final = 2000


def cover_events(*, after: int, until: int) -> Coverage:
    """Return count and digest of the events whose keys are in (after, until]."""
    coverage = Coverage()
    digests = (
        Event.objects.filter(id__gt=after, id__lte=until).order_by("id").values_list("digest", flat=True)
    )
    for digest in digests.iterator(chunk_size=CHUNK):
        coverage.add(digest)
    return coverage


def cover_reads(*, after: int, until: int) -> Coverage:
    """Return count and digest of the access log entries whose keys are in (after, until]."""
    coverage = Coverage()
    entries = AccessLogEntry.objects.filter(id__gt=after, id__lte=until).order_by("id")
    for line in _lines(entries.iterator(chunk_size=CHUNK)):
        coverage.add(line)
    return coverage


def _lines(entries: Iterator[AccessLogEntry]) -> Iterator[str]:
    for entry in entries:
        yield canonical_text(
            {
                "id": entry.pk,
                "subject": entry.subject,
                "actor": entry.actor,
                "purpose": entry.purpose,
                "what": entry.what,
                "case": entry.case,
                "read_at": instant_text(entry.read_at),
            },
        )


def read_fields(what: str) -> tuple[str, ...]:
    """Return the names of the fields that an access log entry lists."""
    return tuple(json.loads(what))
