"""What can happen to a case, as facts: kept in its chain, published in the outbox, and never rewritten.

No fact holds personal data: people appear as references, texts as salted commitments.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from suban.cases.types import Channel, MaterialKind
from suban.catalogue.types import DeliveryChannel, Frame, Trust
from suban.kernel.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFact(Message):
    """The base of every fact about a case."""

    topic: ClassVar[str]
    version: ClassVar[int] = 1
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedFact(CaseFact):
    """A fact told in a letter with a document number; the number is drawn when the fact is written."""

    document_number: str = ""


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
class CorrectionSubmitted(CaseFact):
    """The applicant handed in the correction (T06, 补正提交)."""

    topic: ClassVar[str] = "case.correction_submitted"
    received_on: date


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn(CaseFact):
    """The applicant withdrew before the decision (T26, 撤回申请)."""

    topic: ClassVar[str] = "case.withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultIssued(CaseFact):
    """The signed result exists (T28, 制证)."""

    topic: ClassVar[str] = "case.result_issued"
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDispatched(CaseFact):
    """The result went to the carrier or lies ready at the window (T29, 寄送／待领)."""

    topic: ClassVar[str] = "case.result_dispatched"
    way: DeliveryChannel
    parcel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(CaseFact):
    """The parcel came back or lies in a locker: not yet served; delivery is open again."""

    topic: ClassVar[str] = "case.delivery_failed"
    parcel: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultServed(CaseFact):
    """The addressee or an authorised recipient has it: the remedy clock starts (T30, 送达)."""

    topic: ClassVar[str] = "case.result_served"
    served_on: date
    capacity: str
    parcel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed(CaseFact):
    """The decision is published and the file put away (T31, 公示归档)."""

    topic: ClassVar[str] = "case.closed"
    closed_on: date


FACTS: dict[str, type[CaseFact]] = {
    fact.topic: fact
    for fact in (
        CaseStarted, MaterialAdded, MaterialRemoved, FormConfirmed, DraftDiscarded, CaseSubmitted,
        FilingCompleted, CorrectionRequested, CorrectionSubmitted, CaseAccepted, CaseDeemedAccepted,
        ReviewStarted, StepAssigned, StepCompleted, DecisionProposed, CaseGranted, CaseRefused,
        CaseWithdrawn, ResultIssued, ResultDispatched, DeliveryFailed, ResultServed, CaseClosed,
    )
}  # fmt: skip


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
