"""The base of commands."""

from dataclasses import dataclass
from typing import ClassVar

from suban.cases.types import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """The base; `act` finds the move in the frame's table."""

    act: ClassVar[Act]
