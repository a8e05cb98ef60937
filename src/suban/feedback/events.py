"""What feedback tells."""

from dataclasses import dataclass
from typing import ClassVar

from suban.kernel.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(Message):
    """The window answered; the asker is told, once for each `turn`."""

    topic: ClassVar[str] = "feedback.question_answered"
    question: str
    turn: int
