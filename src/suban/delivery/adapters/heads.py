"""The heads of the parcels' evidence chains, for the audit."""

from collections.abc import Iterator

from suban.delivery.models import Parcel
from suban.foundation.types import ChainHead


class ParcelHeads:
    """Tell the audit which head each parcel's row keeps."""

    def list_heads(self) -> Iterator[tuple[str, ChainHead]]:
        """Return stream and head of every parcel, lazily."""
        rows = Parcel.objects.values_list("ref", "chain_seq", "chain_digest").order_by("id")
        for ref, seq, digest in rows.iterator(chunk_size=2000):
            yield ref, ChainHead(seq=seq, digest=digest)
