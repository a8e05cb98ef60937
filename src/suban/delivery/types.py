"""The words of delivery: addresses, what a carrier reports, and how a parcel looks from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class Purpose(StrEnum):
    """Why papers travel."""

    RESULT = "result"  # 办理结果
    ORIGINALS = "originals"  # 退还原件


class ParcelState(StrEnum):
    """Where a parcel is; derived from what the carrier reported, never typed in."""

    ORDERED = "ordered"
    ACCEPTED = "accepted"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    LEFT = "left"  # with a locker, a station, a neighbour: not yet served
    SIGNED = "signed"  # by the addressee or an authorised recipient: served
    REFUSED = "refused"
    RETURNED = "returned"


class ReportKind(StrEnum):
    """What a carrier may tell about a parcel."""

    ACCEPTED = "accepted"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    SIGNED = "signed"
    REFUSED = "refused"
    RETURNED = "returned"


class Capacity(StrEnum):
    """In what capacity somebody, or something, took the parcel."""

    ADDRESSEE = "addressee"
    AUTHORISED = "authorised"
    OTHER = "other"
    LOCKER = "locker"
    STATION = "station"


SERVING: Final = frozenset({Capacity.ADDRESSEE, Capacity.AUTHORISED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelAddress:
    """Where a parcel goes."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelOrder:
    """What a carrier needs to fetch and carry a parcel; `key` makes the order idempotent."""

    key: str
    sender_code: str
    sender_name: str
    recipient: ParcelAddress
    contents: str
    case_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReport:
    """One thing that a carrier saw, as far as rules need it; `signer` is masked."""

    event_id: str
    kind: ReportKind
    occurred_at: datetime
    capacity: Capacity | None = None
    signer: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierCallback:
    """A carrier's message whose signature was found good; `proof` is kept as it came."""

    number: str
    order_key: str
    report: ScanReport
    proof: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who took the parcel, when and in what capacity."""

    at: datetime
    signer: str
    capacity: Capacity

    @property
    def is_service(self) -> bool:
        """Tell whether this signature has the effect of service (送达)."""
        return self.capacity in SERVING


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a parcel is, by everything reported so far."""

    state: ParcelState = ParcelState.ORDERED
    accepted_at: datetime | None = None
    signing: Signing | None = None
    returned_at: datetime | None = None
    was_refused: bool = False

    @property
    def is_final(self) -> bool:
        """Tell whether no later scan can change anything."""
        return self.state in {ParcelState.SIGNED, ParcelState.RETURNED}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelStep:
    """A line of the tracking view, newest last; `local_time` is Shanghai's."""

    at: datetime
    local_time: str
    words: str
    place: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelView:
    """A parcel as pages and the API show it; the recipient is masked."""

    parcel: str
    number: str
    case: str
    purpose: Purpose
    attempt: int
    state: ParcelState
    state_words: str
    sender_name: str
    recipient: str
    recipient_name_masked: str
    recipient_phone_masked: str
    contents: str
    ordered_at: datetime
    signed_at: datetime | None
    signer_name_masked: str
    capacity: Capacity | None
    capacity_words: str
    service_date: date | None
    steps: tuple[ParcelStep, ...]

    @property
    def is_served(self) -> bool:
        """Tell whether the papers are served (已送达)."""
        return self.service_date is not None
