"""The result, on its way and in the file."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from suban.cases.events.base import CaseFact
from suban.catalogue.types import DeliveryChannel


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
