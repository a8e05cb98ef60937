"""The bases of facts."""

from dataclasses import dataclass
from typing import ClassVar

from suban.kernel.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFact(Message):
    """The base of every fact about a case."""

    topic: ClassVar[str]
    version: ClassVar[int] = 1
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedFact(CaseFact):
    """A fact told in a letter with a document number; the number is drawn when the fact is written."""

    document_number: str = ""
