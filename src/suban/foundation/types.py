"""Frozen values that cross the doors of the plumbing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A fact to append. `data` holds references and salted commitments, never personal data."""

    type: str
    data: Mapping[str, Any]
    version: int = 1


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last link of a chain, kept on the row that its owner locks."""

    seq: int
    digest: str


GENESIS: Final = ChainHead(0, "sha256:" + "0" * 64)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event as it was recorded; never rewritten."""

    event_id: str
    type: str
    version: int
    stream: str
    seq: int
    recorded_at: datetime
    effective_on: date
    actor: str
    on_behalf_of: str
    data: Mapping[str, Any]
    digest: str

    @property
    def head(self) -> ChainHead:
        """Return the head of the chain that ends with this event."""
        return ChainHead(self.seq, self.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRead:
    """Who saw what of whom, when and why."""

    id: int
    subject: str
    actor: str
    purpose: str
    what: tuple[str, ...]
    case: str
    read_at: datetime


class FaultKind(StrEnum):
    """What an audit may find; stable, because machines read it."""

    MISSING_EVENT = "missing_event"
    ALTERED_EVENT = "altered_event"
    ALTERED_COLUMN = "altered_column"
    TRUNCATED_STREAM = "truncated_stream"
    HEAD_DIFFERS = "head_differs"
    HEAD_PASSED = "head_passed"
    CHECKPOINT_MISSING = "checkpoint_missing"
    CHECKPOINT_ALTERED = "checkpoint_altered"
    CHECKPOINT_FORGED = "checkpoint_forged"
    EVENTS_NOT_AS_SIGNED = "events_not_as_signed"
    READS_NOT_AS_SIGNED = "reads_not_as_signed"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that isn't as it was recorded. For a checkpoint `seq` is its number."""

    kind: FaultKind
    stream: str
    seq: int
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """The result of going through all evidence.

    `head` is the digest of the last checkpoint: kept elsewhere (printed, published) it also proves
    that no checkpoint was cut off. `faults` holds the first ones; `fault_count` counts them all.
    """

    streams: int
    events: int
    reads: int
    checkpoints: int
    uncovered_events: int
    uncovered_reads: int
    head: str
    fault_count: int
    faults: tuple[Fault, ...]

    @property
    def passed(self) -> bool:
        """Tell whether everything is as it was recorded."""
        return self.fault_count == 0

    def encode(self) -> dict[str, Any]:
        """Return the report in JSON types."""
        return {"passed": self.passed, **asdict(self), "faults": [asdict(fault) for fault in self.faults]}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCounts:
    """How much evidence a database holds, and the digest of its last checkpoint."""

    events: int
    reads: int
    checkpoints: int
    head: str

    def encode(self) -> dict[str, Any]:
        """Return the counts in JSON types."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that a handler failed to take so often that a person must look."""

    id: int
    topic: str
    handler: str
    attempts: int
    last_error: str
    settled_at: datetime


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """A recurring job as an administrator sees it."""

    name: str
    cron: str
    next_at: datetime
    last_run_at: datetime | None
    last_error: str


PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store; `scan` is "clean" or "not_scanned"."""

    id: str
    digest: str
    size: int
    media_type: str
    name: str
    scan: str
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something found: its key, and how well it fits."""

    key: str
    score: float
