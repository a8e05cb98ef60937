"""What the organ does with an application."""

from dataclasses import dataclass
from typing import ClassVar

from suban.cases.rules.commands.base import Command
from suban.cases.types import Act, CorrectionItem


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteFiling(Command):
    """Take the information as received."""

    act: ClassVar[Act] = Act.COMPLETE_FILING
    result_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCorrection(Command):
    """Tell, once and completely, what must be corrected."""

    act: ClassVar[Act] = Act.REQUEST_CORRECTION
    items: tuple[CorrectionItem, ...]
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Command):
    """Accept the application."""

    act: ClassVar[Act] = Act.ACCEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class DeemAccepted(Command):
    """Let the lapse of the notice period take effect."""

    act: ClassVar[Act] = Act.DEEM_ACCEPTED


@dataclass(frozen=True, slots=True, kw_only=True)
class StartReview(Command):
    """Open the first review steps and draw their officers."""

    act: ClassVar[Act] = Act.START_REVIEW


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteStep(Command):
    """Give the opinion of a review step."""

    act: ClassVar[Act] = Act.COMPLETE_STEP
    step: str
    agrees: bool
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Command):
    """Grant what was applied for."""

    act: ClassVar[Act] = Act.GRANT
    overdue_commitment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantOnSpot(Command):
    """Grant at once what needs no examination."""

    act: ClassVar[Act] = Act.GRANT_ON_SPOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse(Command):
    """Refuse, with reasons."""

    act: ClassVar[Act] = Act.REFUSE
    reasons: str
    commitment: str
    overdue_commitment: str = ""
