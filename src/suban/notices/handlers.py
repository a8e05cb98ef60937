"""What the worker does with the context's own messages."""

from datetime import datetime

from suban.notices.events import DeliveryQueued
from suban.notices.services import deliver


def deliver_queued(message: DeliveryQueued, at: datetime) -> None:
    """Send the delivery that was queued."""
    deliver(delivery=message.delivery, at=at)
