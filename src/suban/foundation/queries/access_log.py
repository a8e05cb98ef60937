"""Who looked at whose data: shown to the person concerned."""

from typing import Final

from suban.foundation.models import AccessLogEntry
from suban.foundation.queries.coverage import read_fields
from suban.foundation.types import StoredRead

PAGE: Final = 50


def list_reads(subject: str, cursor: int | None = None, limit: int = PAGE) -> list[StoredRead]:
    """Return reads of the subject's data, newest first; `cursor` is the id of the last one seen."""
    entries = AccessLogEntry.objects.filter(subject=subject)
    if cursor is not None:
        entries = entries.filter(id__lt=cursor)
    return [
        StoredRead(
            id=entry.pk,
            subject=entry.subject,
            actor=entry.actor,
            purpose=entry.purpose,
            what=read_fields(entry.what),
            case=entry.case,
            read_at=entry.read_at,
        )
        for entry in entries.order_by("-id")[:limit]
    ]
