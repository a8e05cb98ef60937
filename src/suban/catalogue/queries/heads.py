"""The heads of the matters' chains, for the audit."""

from collections.abc import Iterable
from typing import Final

from suban.catalogue.models import Matter
from suban.foundation.types import ChainHead
from suban.kernel.references import make_ref

CHUNK: Final = 2000


def stream_of(code: str) -> str:
    """Return the name of the stream that the matter `code` keeps."""
    return make_ref("matter", code)


class MatterHeads:
    """Tells the audit which head every matter keeps (foundation's port StreamHeads)."""

    def list_heads(self) -> Iterable[tuple[str, ChainHead]]:
        """Return (stream, head) of every matter, lazily."""
        rows = Matter.objects.order_by("pk").values_list("code", "seq", "digest")
        for code, seq, digest in rows.iterator(chunk_size=CHUNK):
            yield stream_of(code), ChainHead(seq, digest)
