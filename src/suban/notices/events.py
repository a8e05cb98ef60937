"""What the context tells through the outbox."""

from dataclasses import dataclass
from typing import ClassVar

from suban.kernel.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryQueued(Message):
    """A message waits to be sent through its channel."""

    topic: ClassVar[str] = "notices.delivery_queued"

    delivery: str
