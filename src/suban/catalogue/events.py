"""What the catalogue tells the other contexts."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from suban.kernel.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPublished(Message):
    """A version of a matter was published; it applies from `effective_from` on."""

    topic: ClassVar[str] = "catalogue.matter_published"

    code: str
    version: int
    digest: str
    organ: str
    effective_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterWithdrawn(Message):
    """A matter may not be applied for any more; running cases go on."""

    topic: ClassVar[str] = "catalogue.matter_withdrawn"

    code: str
    organ: str
    reason: str
