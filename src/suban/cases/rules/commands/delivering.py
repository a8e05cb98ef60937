"""What brings the result to the applicant."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from suban.cases.rules.commands.base import Command
from suban.cases.types import Act
from suban.catalogue.types import DeliveryChannel


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
