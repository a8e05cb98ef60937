"""Every look at personal data is written down.

The edges (a request, a job) wrap their work in `collected_reads()`, which writes everything with one
INSERT at the end. Anywhere else a look is written at once, so that none is ever forgotten. If the write
fails the edge must not answer: nobody sees personal data that the log doesn't know of.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import local

from suban.foundation.models import AccessLogEntry
from suban.foundation.rules.evidence import canonical_text


class _Collected(local):
    def __init__(self) -> None:
        self.depth = 0
        # Keyed by what was read, so that a page which asks three times leaves one line.
        self.entries: dict[tuple[str, ...], AccessLogEntry] = {}


_collected = _Collected()


def record_read(
    *, subject: str, by: str, purpose: str, what: tuple[str, ...], at: datetime, case: str = ""
) -> None:
    """Note that `by` saw the fields `what` of `subject` for `purpose`, in `case` if there is one."""
    names = canonical_text(list(what))
    entry = AccessLogEntry(subject=subject, actor=by, purpose=purpose, what=names, case=case, read_at=at)
    _collected.entries.setdefault((subject, by, purpose, names, case), entry)
    if not _collected.depth:
        flush_reads()


def flush_reads() -> int:
    """Write the reads collected in this thread in one statement; return how many.

    Call it outside a transaction that may roll back: the look happened in any case.
    """
    entries = list(_collected.entries.values())
    _collected.entries.clear()
    if entries:
        AccessLogEntry.objects.bulk_create(entries)
    return len(entries)


@contextmanager
def collected_reads() -> Iterator[None]:
    """Collect the reads of a request or a job and write them with one statement at its end."""
    _collected.depth += 1
    try:
        yield
    finally:
        _collected.depth -= 1
        if not _collected.depth:
            flush_reads()
