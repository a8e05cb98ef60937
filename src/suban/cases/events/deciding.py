"""The decision."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from suban.cases.events.base import NumberedFact


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGranted(NumberedFact):
    """The licence was granted (T11, T23, 准予)."""

    topic: ClassVar[str] = "case.granted"
    decided_on: date
    on_spot: bool = False
    overdue_commitment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRefused(NumberedFact):
    """The licence was refused, with reasons and remedies (T24, 不予)."""

    topic: ClassVar[str] = "case.refused"
    decided_on: date
    commitment: str
    overdue_commitment: str = ""
