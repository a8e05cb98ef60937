"""The values of the context: addresses, channels, templates, what a page shows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Channel(StrEnum):
    """A way by which a notice travels."""

    INBOX = "inbox"
    SMS = "sms"
    EMAIL = "email"


class DeliveryState(StrEnum):
    """Where one delivery stands."""

    QUEUED = "queued"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"
    NOT_CONFIGURED = "not_configured"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAddress:
    """Where a notice goes: an inbox (a reference) always, e-mail and phone when they are known."""

    inbox: str
    email: str = ""
    phone: str = ""


class Template(BaseModel):
    """A notice's words with named values; `channels` in the order in which they are tried."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    title: str
    body: str
    sms: str
    values: tuple[str, ...]
    channels: tuple[Channel, ...] = (Channel.SMS, Channel.EMAIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedNotice:
    """The words of one notice."""

    title: str
    body: str
    sms: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What a channel is asked to send; `message_id` is the same at every attempt."""

    message_id: str
    address: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsReceipt:
    """What the gateway reports about a message that it took."""

    message_id: str
    delivered: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxItem:
    """One notice in an inbox."""

    notice: str
    template: str
    title: str
    body: str
    about: str
    sent_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """A page of an inbox, the newest first; `next_cursor` is empty on the last page."""

    items: tuple[InboxItem, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One thing that happened to a delivery."""

    at: datetime
    state: DeliveryState
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One delivery in the ledger, its address masked; `text` is what was sent."""

    delivery: str
    notice: str
    template: str
    about: str
    channel: Channel
    address: str
    title: str
    text: str
    state: DeliveryState
    attempts: int
    provider_id: str
    entries: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """A page of the ledger, the newest first; `next_cursor` is empty on the last page."""

    lines: tuple[LedgerLine, ...]
    next_cursor: str
