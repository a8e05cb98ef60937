"""What only officers ask for: letters as they would be sent, and who has how much to do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from suban.cases.types.views import WorkLine


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPreview:
    """A letter as it would be sent now; its number is drawn when it is.

    A block is `{"kind": "text", "text"}` or `{"kind": "table", "head", "rows"}`.
    """

    title: str
    organ: str
    addressee: str
    date: str
    blocks: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadLine:
    """The open work of one officer in one role; without a name it waits for whoever takes it."""

    staff: str
    name: str
    role: str
    open: int
    soon: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What a supervisor sees: work per officer and role, and what presses, the most urgent first."""

    lines: tuple[LoadLine, ...]
    pressing: tuple[WorkLine, ...]
    more_pressing: bool
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkChoices:
    """What a worklist can be narrowed by: (value, words) of matters and of tasks."""

    matters: tuple[tuple[str, str], ...]
    tasks: tuple[tuple[str, str], ...]
