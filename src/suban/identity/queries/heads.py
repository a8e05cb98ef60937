"""The heads of the evidence streams that identity keeps: one per staff member."""

from collections.abc import Iterator

from suban.foundation.types import ChainHead
from suban.identity.models import Staff


def list_stream_heads() -> Iterator[tuple[str, ChainHead]]:
    """Return every staff member's stream with its last link, for the audit."""
    rows = Staff.objects.order_by("pk").values_list("ref", "head_seq", "head_digest")
    for ref, seq, digest in rows.iterator():
        yield ref, ChainHead(seq=seq, digest=digest)
