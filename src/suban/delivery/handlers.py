"""What delivery does after a commit."""

from datetime import datetime

from suban.delivery.events import ParcelOrdered
from suban.delivery.services import place_parcel
from suban.foundation.services.subscriptions import subscribe


def place_ordered_parcel(message: ParcelOrdered, at: datetime) -> None:
    """Place the parcel with the carrier; a failure is tried again by the outbox."""
    place_parcel(parcel=message.parcel, at=at)


def subscribe_handlers() -> None:
    """Let the outbox bring this context's messages; called by the wiring."""
    subscribe(ParcelOrdered, "delivery.place_ordered_parcel", place_ordered_parcel)
