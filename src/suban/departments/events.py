"""What the context tells: a push is to be made."""

from dataclasses import dataclass
from typing import ClassVar

from suban.kernel.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class PushPlanned(Message):
    """Something is to be pushed to a department's system; the worker does it after the commit."""

    topic: ClassVar[str] = "department.push_planned"
    case: str
    push: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageContradicted(Message):
    """A department's system said what can't be (矛盾): the law or the case's course stands against it."""

    topic: ClassVar[str] = "department.message_contradicted"
    case: str
    system: str
    kind: str
    code: str
