"""The heads of the cases' chains as their rows keep them, for the audit."""

from collections.abc import Iterator

from suban.cases.models import Case
from suban.foundation.types import ChainHead


class CaseHeads:
    """Tell the audit which head each case's row keeps."""

    def list_heads(self) -> Iterator[tuple[str, ChainHead]]:
        """Return stream and head of every case, lazily."""
        rows = Case.objects.order_by("id").values_list("number", "seq", "digest")
        for number, seq, digest in rows.iterator(chunk_size=2000):
            yield f"case:{number}", ChainHead(seq, digest)
