"""What identity gives to the plumbing's ports."""

from collections.abc import Iterator

from suban.foundation.types import ChainHead
from suban.identity.queries import list_stream_heads


class StaffHeads:
    """The heads of the staff's evidence streams, as the audit asks for them (StreamHeads)."""

    def list_heads(self) -> Iterator[tuple[str, ChainHead]]:
        """Return every (stream, head), lazily."""
        return list_stream_heads()
