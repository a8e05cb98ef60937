"""Special procedures: the time of which the law doesn't count."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from suban.cases.events.base import CaseFact, NumberedFact


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureStarted(NumberedFact):
    """A special procedure began and the applicant is told the time it needs (T14, 特别程序)."""

    topic: ClassVar[str] = "case.procedure_started"
    key: str
    kind: str
    started_on: date
    expected_on: date
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureEnded(CaseFact):
    """Its result is recorded and the clock goes on (T15); `report` salts the digest of the report."""

    topic: ClassVar[str] = "case.procedure_ended"
    key: str
    ended_on: date
    commitment: str
    report: str = ""
