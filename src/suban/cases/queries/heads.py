"""What lower contexts ask of the cases' rows: the heads of chains for the audit, the matter for licences."""

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


class CaseMatterLookup:
    """Tell licences to which matter a case belongs."""

    def find_matter(self, case: str) -> str | None:
        """Return the code of the matter, or None."""
        number = case.removeprefix("case:")
        return Case.objects.filter(number=number).values_list("matter_code", flat=True).first()
