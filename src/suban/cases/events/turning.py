"""The turns a case takes beside the usual way: turned away, mended, sent back, ended early."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from suban.cases.events.base import CaseFact, NumberedFact
from suban.cases.types import Against, Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNotNeeded(NumberedFact):
    """The law asks for no licence here (T02, 告知不受理)."""

    topic: ClassVar[str] = "case.not_needed"
    decided_on: date
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNotCompetent(NumberedFact):
    """Another organ is competent; the fact names it (T03, 不予受理)."""

    topic: ClassVar[str] = "case.not_competent"
    decided_on: date
    organ: str
    organ_name: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MendingOffered(CaseFact):
    """The clerk saw slips in the form that can be mended on the spot (T04, 允许当场更正)."""

    topic: ClassVar[str] = "case.mending_offered"
    fields: tuple[str, ...]
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedOnSpot(CaseFact):
    """The applicant mended them; receipt and clocks stay as they were (T04, 当场更正)."""

    topic: ClassVar[str] = "case.corrected_on_spot"
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReturned(CaseFact):
    """The case went back to an earlier review step; what was said since counts no longer (退回重审)."""

    topic: ClassVar[str] = "case.step_returned"
    step: str
    target: str
    superseded: tuple[str, ...]
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseMaterialFound(NumberedFact):
    """Turned away or refused for false material, with a warning (T25, 虚假材料)."""

    topic: ClassVar[str] = "case.false_material"
    decided_on: date
    accepted: bool
    slots: tuple[str, ...]
    commitment: str
    heard_commitment: str
    overdue_commitment: str = ""
    banned_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconsiderationSought(CaseFact):
    """The applicant made an application for reconsideration from the case (R01, 行政复议申请书)."""

    topic: ClassVar[str] = "case.reconsideration_sought"
    against: Against
    due_on: date | None
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTerminated(NumberedFact):
    """The procedure ends without a decision (T27, 终止)."""

    topic: ClassVar[str] = "case.terminated"
    decided_on: date
    ground: Ground
    commitment: str
