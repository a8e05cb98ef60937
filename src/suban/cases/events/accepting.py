"""What the organ says of an application as it comes in."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from suban.cases.events.base import CaseFact, NumberedFact


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingCompleted(CaseFact):
    """The required information was received: the filing is done (备案完成)."""

    topic: ClassVar[str] = "case.filing_completed"
    completed_on: date
    result_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRequested(NumberedFact):
    """The organ told, once and completely, what must be corrected (T05, 补正告知)."""

    topic: ClassVar[str] = "case.correction_requested"
    slots: tuple[str, ...]
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAccepted(NumberedFact):
    """The organ accepted the application (T09, 受理)."""

    topic: ClassVar[str] = "case.accepted"
    accepted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDeemedAccepted(NumberedFact):
    """No notice came in time: accepted from the day of receipt (T10, 视为受理)."""

    topic: ClassVar[str] = "case.deemed_accepted"
    accepted_on: date
    lapsed_on: date
