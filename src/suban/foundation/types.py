"""Frozen values of the plumbing."""

from dataclasses import dataclass
from datetime import datetime


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
