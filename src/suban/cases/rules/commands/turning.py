"""The turns a case takes beside the usual way."""

from dataclasses import dataclass
from typing import ClassVar

from suban.cases.rules.commands.applying import AddMaterial
from suban.cases.rules.commands.base import Command
from suban.cases.types import Act, Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareNotNeeded(Command):
    """Tell that the law asks for no licence here."""

    act: ClassVar[Act] = Act.DECLARE_NOT_NEEDED
    reasons: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareNotCompetent(Command):
    """Turn away what another organ handles, and name that organ; `organ` is empty when it isn't here."""

    act: ClassVar[Act] = Act.DECLARE_NOT_COMPETENT
    organ: str
    organ_name: str
    reasons: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMending(Command):
    """Let the applicant mend slips in the form on the spot."""

    act: ClassVar[Act] = Act.OFFER_MENDING
    fields: tuple[str, ...]
    words: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectOnSpot(Command):
    """Mend them; `document` is the form document made anew, where the matter has one."""

    act: ClassVar[Act] = Act.CORRECT_ON_SPOT
    fields: tuple[str, ...]
    commitment: str
    document: AddMaterial | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnToStep(Command):
    """Send the case back to the earlier step `target`; `step` is one's own, empty for the decider."""

    act: ClassVar[Act] = Act.RETURN_TO_STEP
    step: str
    target: str
    reasons: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseFalseMaterial(Command):
    """Turn away or refuse for false material in `slots`, after the applicant was heard."""

    act: ClassVar[Act] = Act.REFUSE_FALSE_MATERIAL
    slots: tuple[str, ...]
    reasons: str
    heard: str
    commitment: str
    heard_commitment: str
    overdue_commitment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconsider(Command):
    """Make an application for reconsideration; `commitment` is that of the document."""

    act: ClassVar[Act] = Act.RECONSIDER
    wish: str
    reasons: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminate(Command):
    """End the procedure without a decision."""

    act: ClassVar[Act] = Act.TERMINATE
    ground: Ground
    basis: str
    reasons: str
    commitment: str
