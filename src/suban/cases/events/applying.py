"""What an applicant does: drafts, materials, submission, correction, withdrawal."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from suban.cases.events.base import CaseFact
from suban.cases.types import Channel, MaterialKind
from suban.catalogue.types import DeliveryChannel, Frame, Trust
from suban.kernel.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStarted(CaseFact):
    """A draft was opened (草稿)."""

    topic: ClassVar[str] = "case.started"
    frame: Frame
    matter: str
    matter_version: int
    organ: str
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialAdded(CaseFact):
    """A material was given, fetched, confirmed or promised; `commitment` salts the digest of its content."""

    topic: ClassVar[str] = "case.material_added"
    slot: str
    key: str
    kind: MaterialKind
    level: Trust
    commitment: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialRemoved(CaseFact):
    """A material was taken back or replaced."""

    topic: ClassVar[str] = "case.material_removed"
    slot: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormConfirmed(CaseFact):
    """The applicant read the form document and confirmed it."""

    topic: ClassVar[str] = "case.form_confirmed"
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDiscarded(CaseFact):
    """The applicant gave the draft up."""

    topic: ClassVar[str] = "case.draft_discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSubmitted(CaseFact):
    """The application was received (T01, 收件)."""

    topic: ClassVar[str] = "case.submitted"
    official_number: str
    received_at: datetime
    received_on: date
    channel: Channel
    delivery: DeliveryChannel


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionSubmitted(CaseFact):
    """The applicant handed in the correction (T06, 补正提交)."""

    topic: ClassVar[str] = "case.correction_submitted"
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn(CaseFact):
    """The applicant withdrew before the decision (T26, 撤回申请)."""

    topic: ClassVar[str] = "case.withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationRequested(Message):
    """A company is asked to confirm something in its own account. No fact of the case yet."""

    topic: ClassVar[str] = "case.confirmation_requested"
    case: str
    slot: str
    company: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationAnswered(Message):
    """The company confirmed or declined; a confirmation is also a material of the case."""

    topic: ClassVar[str] = "case.confirmation_answered"
    case: str
    slot: str
    key: str
    confirmed: bool
