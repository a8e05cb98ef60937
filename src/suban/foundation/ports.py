"""What the plumbing needs from outside, and where an implementation is plugged in.

A `Port` holds one implementation; `config.wiring` plugs it at start, tests plug their own.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Generic, Protocol, TypeVar

from suban.foundation.types import ChainHead
from suban.kernel.canonical import JSON

T = TypeVar("T")


class Port(Generic[T]):
    """A socket for one implementation of `T`."""

    def __init__(self, default: T) -> None:
        self._plugged = default

    def plug(self, implementation: T) -> None:
        """Use `implementation` from now on."""
        self._plugged = implementation

    def get(self) -> T:
        """Return the implementation in use."""
        return self._plugged

    @contextmanager
    def plugged(self, implementation: T) -> Iterator[T]:
        """Use `implementation` within a with-block."""
        before = self._plugged
        self._plugged = implementation
        try:
            yield implementation
        finally:
            self._plugged = before


class Bell(Protocol):
    """Wakes workers of this machine when something was published; they poll besides."""

    def ring(self) -> None:
        """Wake every waiting worker. Never fails: a lost ring costs one polling interval."""

    def wait(self, seconds: float) -> bool:
        """Wait for a ring, `seconds` at most; tell whether it rang."""

    def close(self) -> None:
        """Stop listening."""


class SilentBell:
    """Used until a bell is plugged in: workers find their work by polling."""

    def ring(self) -> None:
        """Do nothing."""

    def wait(self, seconds: float) -> bool:
        """Sleep."""
        time.sleep(seconds)
        return False

    def close(self) -> None:
        """Do nothing."""


bell: Port[Bell] = Port(SilentBell())


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


class MalwareScan(Protocol):
    """Looks for malware in a file before it is stored."""

    def scan(self, content: Iterable[bytes], *, name: str) -> str:
        """Return "clean", or "not_scanned" where nobody looked.

        :raises FileInfectedError: something was found.
        :raises ScannerDownError: the scanner doesn't answer.
        """


class NoScan:
    """Used until a scanner is set up: every file says that it wasn't scanned."""

    def scan(self, content: Iterable[bytes], *, name: str) -> str:  # noqa: ARG002
        """Return "not_scanned"."""
        return "not_scanned"


class FileStore(Protocol):
    """Keeps bytes under an opaque key: a folder, an object store."""

    def write(self, key: str, chunks: Iterable[bytes]) -> None:
        """Keep `chunks` under `key`; on return they survive a power cut."""

    def read(self, key: str) -> Iterator[bytes]:
        """Return the bytes under `key`, piece by piece.

        :raises FileDamagedError: there is nothing under it.
        """

    def delete(self, key: str) -> None:
        """Remove what is under `key`; nothing there is fine."""

    def list_older_than(self, before: datetime) -> Iterator[str]:
        """Return the keys that were written before `before`, leftovers of broken writes included."""


class NoFileStore:
    """Used until a store is plugged in: a mistake in the wiring is said at once."""

    def write(self, key: str, chunks: Iterable[bytes]) -> None:  # noqa: ARG002
        """Refuse."""
        raise RuntimeError("no file store is plugged in; see config.wiring")

    def read(self, key: str) -> Iterator[bytes]:  # noqa: ARG002
        """Refuse."""
        raise RuntimeError("no file store is plugged in; see config.wiring")

    def delete(self, key: str) -> None:  # noqa: ARG002
        """Refuse."""
        raise RuntimeError("no file store is plugged in; see config.wiring")

    def list_older_than(self, before: datetime) -> Iterator[str]:  # noqa: ARG002
        """Refuse."""
        raise RuntimeError("no file store is plugged in; see config.wiring")


malware_scan: Port[MalwareScan] = Port(NoScan())
file_store: Port[FileStore] = Port(NoFileStore())


class RenderingError(RuntimeError):
    """The template and the data give no page; a bug of ours, not of the person who waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTemplate:
    """How a document looks: source text with name and version, so that a page can be drawn again."""

    name: str
    version: int
    source: str


class DocumentRenderer(Protocol):
    """Draw pages. Data is data: it reaches the template as JSON and is never read as markup."""

    def render(self, *, template: DocumentTemplate, data: Mapping[str, JSON], at: datetime) -> bytes:
        """Return the PDF; the same template, data and instant give the same bytes.

        :raises RenderingError: no page came out, or not in time.
        """
        ...


class NoRenderer:
    """Used until wiring names a renderer."""

    def render(self, *, template: DocumentTemplate, data: Mapping[str, JSON], at: datetime) -> bytes:
        """Refuse."""
        del data, at
        raise RenderingError(f"no renderer is plugged in for {template.name}")


document_renderer: Port[DocumentRenderer] = Port(NoRenderer())
