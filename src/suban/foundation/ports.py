"""What the plumbing needs from above, each with a safe default until the wiring fills it."""

from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from suban.foundation.types import ChainHead


class StreamHeads(Protocol):
    """Tell the audit which head a context keeps for each of its streams."""

    def list_heads(self) -> Iterable[tuple[str, ChainHead]]:
        """Return (stream, head) of every row, lazily: there may be millions."""
        ...


_kept: Final[list[StreamHeads]] = []


def add_stream_heads(heads: StreamHeads) -> None:
    """Let the audit compare the heads that a context keeps. Called in the wiring, once each."""
    if heads not in _kept:
        _kept.append(heads)


def list_stream_heads() -> Iterator[tuple[str, ChainHead]]:
    """Return every head that any context keeps."""
    for heads in _kept:
        yield from heads.list_heads()
