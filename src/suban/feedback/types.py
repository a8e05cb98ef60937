"""What questions are made of, and what queries answer with: frozen values, never rows."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class QuestionState(StrEnum):
    """How a question stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The state in words."""
        return {"open": "等待答复", "answered": "已答复", "closed": "已办结"}[self.value]


class QuestionAct(StrEnum):
    """What may be done to a question."""

    ANSWER = "answer"
    ASK_FURTHER = "ask_further"
    CLOSE = "close"
    PUBLISH = "publish"


LONGEST_TEXT: Final = 2000
LONGEST_HEADLINE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One contribution to a question: who said what, when."""

    from_office: bool
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """A question in a list; nothing in it is personal."""

    key: str
    matter_code: str
    matter_name: str
    case: str
    state: QuestionState
    asked_at: datetime
    due_on: date
    published: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question with everything said, and the page that the asker had before them."""

    line: QuestionLine
    matter_version: int
    case_state: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """A page of a list; `next_cursor` is empty on the last one."""

    lines: tuple[QuestionLine, ...]
    next_cursor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedView:
    """A question and its answer as everybody reads them on the guide, in the office's words."""

    question: str
    answer: str
    published_at: datetime
