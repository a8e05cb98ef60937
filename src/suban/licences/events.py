"""What licences tell the contexts above."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from suban.kernel.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceIssued(Message):
    """A licence is signed and can be downloaded."""

    topic: ClassVar[str] = "licences.licence_issued"
    case: str
    licence_id: str
    file_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceStatusChanged(Message):
    """A licence was suspended, given back, rescinded, revoked, withdrawn, cancelled or replaced."""

    topic: ClassVar[str] = "licences.status_changed"
    licence_id: str
    status: str
    ground: str
    at: datetime
