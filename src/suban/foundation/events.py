"""Facts that the plumbing publishes."""

from dataclasses import dataclass
from typing import ClassVar

from suban.kernel.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarImported(Message):
    """Another calendar is in force: whoever stores due dates derives them again."""

    topic: ClassVar[str] = "foundation.calendar_imported"

    version: str
