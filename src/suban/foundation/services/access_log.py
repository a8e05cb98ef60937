"""Every look at personal data is written down, in batches: one INSERT per request.

Reads are collected per thread and written by `flush_reads()` at the end of a request or job. If the
write fails the edge must not answer: nobody sees personal data that the log doesn't know of.
"""

from datetime import datetime
from threading import local

from suban.foundation.models import AccessLogEntry
from suban.foundation.rules.evidence import canonical_text


class _Collected(local):
    def __init__(self) -> None:
        # Keyed by what was read, so that a page which asks three times leaves one line.
        self.entries: dict[tuple[str, ...], AccessLogEntry] = {}


_collected = _Collected()


def record_read(
    *, subject: str, by: str, purpose: str, what: tuple[str, ...], at: datetime, case: str = ""
) -> None:
    """Note that `by` saw the fields `what` of `subject`; written with the next `flush_reads`."""
    names = canonical_text(list(what))
    entry = AccessLogEntry(subject=subject, actor=by, purpose=purpose, what=names, case=case, read_at=at)
    _collected.entries.setdefault((subject, by, purpose, names, case), entry)


def flush_reads() -> int:
    """Write the reads collected in this thread in one statement; return how many.

    Call it outside a transaction that may roll back: the look happened in any case.
    """
    entries = list(_collected.entries.values())
    if entries:
        AccessLogEntry.objects.bulk_create(entries)
        _collected.entries.clear()
    return len(entries)
