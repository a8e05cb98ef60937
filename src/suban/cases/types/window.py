"""The values of a window."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Whoever stands at the window, for whom, and in which capacity: self, or member of a company."""

    present: str
    party: str
    capacity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowLine:
    """An application that was begun at a window and isn't handed in."""

    number: str
    party_label: str
    matter_name: str
    started_at: datetime
