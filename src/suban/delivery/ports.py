"""What delivery needs from outside: a carrier."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from suban.delivery.errors import CarrierDownError
from suban.delivery.types import CarrierCallback, ParcelOrder
from suban.foundation.ports import Port


class Carrier(Protocol):
    """A postal company: takes orders, and reports on parcels by signed callbacks."""

    def place_order(self, *, order: ParcelOrder, at: datetime) -> str:
        """Return the carrier's number; the same `order.key` always gives the same number.

        :raises CarrierDownError: no answer; ask again later.
        :raises CarrierRefusedError: it will not take this order.
        """
        ...

    def read_callback(self, *, body: bytes, headers: Mapping[str, str], at: datetime) -> CarrierCallback:
        """Return what a callback says, after its signature and age were found good.

        :raises FalseSignatureError: it isn't the carrier's.
        :raises StaleCallbackError: it is too old or from the future.
        :raises MalformedCallbackError: it is not of the agreed form.
        """
        ...


class NoCarrier:
    """Used until a carrier is configured: orders wait, callbacks are nobody's."""

    def place_order(self, *, order: ParcelOrder, at: datetime) -> str:
        """Refuse: the order stays in the outbox."""
        raise CarrierDownError(
            "尚未配置寄递服务，邮件将在配置后自动下单。", parcel=order.key, at=at.isoformat()
        )

    def read_callback(self, *, body: bytes, headers: Mapping[str, str], at: datetime) -> CarrierCallback:
        """Refuse: there is nobody whose signature could be good."""
        raise CarrierDownError("尚未配置寄递服务。", size=len(body), headers=len(headers), at=at.isoformat())


carrier: Port[Carrier] = Port(NoCarrier())
