"""The heads of the evidence streams that identity keeps: one per staff member."""

from collections.abc import Iterator
from typing import Final

from suban.foundation.types import ChainHead
from suban.identity.models import Staff

CHUNK: Final = 2000


class StaffHeads:
    """Tells the audit which head every staff member's stream has (foundation's port StreamHeads)."""

    def list_heads(self) -> Iterator[tuple[str, ChainHead]]:
        """Return (stream, head) of every staff member, lazily."""
        rows = Staff.objects.order_by("pk").values_list("ref", "head_seq", "head_digest")
        for ref, seq, digest in rows.iterator(chunk_size=CHUNK):
            yield ref, ChainHead(seq=seq, digest=digest)
