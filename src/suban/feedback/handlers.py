"""What feedback does after a commit."""

from datetime import datetime

from suban.feedback.events import QuestionAnswered
from suban.feedback.services import tell_asker
from suban.foundation.services.subscriptions import subscribe


def tell_answer(message: QuestionAnswered, at: datetime) -> None:
    """Tell the asker; a repeat tells nothing."""
    tell_asker(key=message.question, turn=message.turn, at=at)


def subscribe_feedback() -> None:
    """Let the outbox bring this context's messages; called by the wiring."""
    subscribe(QuestionAnswered, "feedback.tell_answer", tell_answer)
