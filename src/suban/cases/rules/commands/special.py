"""Beginning and ending a special procedure."""

from dataclasses import dataclass
from typing import ClassVar

from suban.cases.rules.commands.base import Command
from suban.cases.types import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class StartProcedure(Command):
    """Begin a special procedure that will need `days` working days."""

    act: ClassVar[Act] = Act.START_PROCEDURE
    key: str
    kind: str
    days: int
    reason: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndProcedure(Command):
    """Record the result of a special procedure."""

    act: ClassVar[Act] = Act.END_PROCEDURE
    key: str
    result: str
    commitment: str
    report: str = ""
