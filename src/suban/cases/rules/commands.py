"""What someone asks of a case: one small value per act, with all that the act needs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from suban.cases.types import Act, Channel, CorrectionItem, MaterialKind
from suban.catalogue.types import DeliveryChannel, Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """The base; `act` finds the move in the frame's table."""

    act: ClassVar[Act]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMaterial(Command):
    """Put a material into the file."""

    act: ClassVar[Act] = Act.PREPARE
    slot: str
    key: str
    kind: MaterialKind
    level: Trust
    commitment: str
    source: str
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMaterial(Command):
    """Take a material out of the file."""

    act: ClassVar[Act] = Act.PREPARE
    slot: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmForm(Command):
    """Confirm the form document."""

    act: ClassVar[Act] = Act.PREPARE
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discard(Command):
    """Give a draft up."""

    act: ClassVar[Act] = Act.DISCARD


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit(Command):
    """Apply."""

    act: ClassVar[Act] = Act.SUBMIT
    official_number: str
    channel: Channel
    delivery: DeliveryChannel


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
class SubmitCorrection(Command):
    """Hand in what was asked for."""

    act: ClassVar[Act] = Act.SUBMIT_CORRECTION


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Command):
    """Withdraw the application."""

    act: ClassVar[Act] = Act.WITHDRAW


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(Command):
    """Record the signed result."""

    act: ClassVar[Act] = Act.ISSUE
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch(Command):
    """Hand the result to the carrier, or lay it ready."""

    act: ClassVar[Act] = Act.DISPATCH
    way: DeliveryChannel
    parcel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FailDelivery(Command):
    """Record that the parcel didn't reach anybody who may receive it."""

    act: ClassVar[Act] = Act.FAIL_DELIVERY
    parcel: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Serve(Command):
    """Record who received the result, when and in what capacity."""

    act: ClassVar[Act] = Act.SERVE
    served_at: datetime
    served_on: date
    capacity: str
    parcel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Command):
    """Publish the decision and put the file away."""

    act: ClassVar[Act] = Act.CLOSE
