"""What delivery tells the contexts above it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from suban.kernel.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelOrdered(Message):
    """A parcel is to be ordered from the carrier; heard by this context itself."""

    topic: ClassVar[str] = "delivery.parcel_ordered"
    parcel: str
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelNumbered(Message):
    """The carrier took the order and gave its number."""

    topic: ClassVar[str] = "delivery.parcel_numbered"
    parcel: str
    case: str
    parcel_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelAccepted(Message):
    """The carrier has fetched the parcel (揽收)."""

    topic: ClassVar[str] = "delivery.parcel_accepted"
    parcel: str
    case: str
    parcel_number: str
    accepted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelSigned(Message):
    """Somebody took the parcel; it is served only if `service_date` is given.

    `capacity` is one of addressee, authorised, other, locker, station. Told again when the picture
    changes: the addressee fetches it from the locker, or an earlier signature is reported late.
    """

    topic: ClassVar[str] = "delivery.parcel_signed"
    parcel: str
    case: str
    parcel_number: str
    signed_at: datetime
    signer_name_masked: str
    capacity: str
    service_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelReturned(Message):
    """The parcel came back to the sender: delivery is open again."""

    topic: ClassVar[str] = "delivery.parcel_returned"
    parcel: str
    case: str
    parcel_number: str
    returned_at: datetime
    was_refused: bool = False
