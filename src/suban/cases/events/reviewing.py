"""The review and its opinions."""

from dataclasses import dataclass
from typing import ClassVar

from suban.cases.events.base import CaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStarted(CaseFact):
    """The review began (T12, 审查)."""

    topic: ClassVar[str] = "case.review_started"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAssigned(CaseFact):
    """A review step fell to an officer by lot; `seed` and `among` let anyone repeat the draw."""

    topic: ClassVar[str] = "case.step_assigned"
    step: str
    staff: str
    seed: str
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCompleted(CaseFact):
    """An officer gave the opinion of a review step."""

    topic: ClassVar[str] = "case.step_completed"
    step: str
    agrees: bool
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionProposed(CaseFact):
    """Every review opinion is in (T22, 拟决定)."""

    topic: ClassVar[str] = "case.decision_proposed"
    grants: bool
