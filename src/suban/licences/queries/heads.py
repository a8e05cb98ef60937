"""The heads that licences keep, for the audit."""

from collections.abc import Iterable

from suban.foundation.types import ChainHead
from suban.licences.models import Licence


class LicenceHeads:
    """Fills `foundation.ports.StreamHeads` for the streams of licences."""

    def list_heads(self) -> Iterable[tuple[str, ChainHead]]:
        """Return (stream, head) of every licence, lazily."""
        rows = Licence.objects.order_by("pk").values_list("identifier", "seq", "digest")
        for identifier, seq, digest in rows.iterator():
            yield f"licence:{identifier}", ChainHead(seq, digest)
