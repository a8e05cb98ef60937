"""The life of a question: which act may follow which. Pure: no tables, no clock."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from suban.feedback.errors import EmptyTextError, QuestionMoveError
from suban.feedback.types import QuestionAct, QuestionState

MOVES: Final[Mapping[tuple[QuestionState, QuestionAct], QuestionState]] = MappingProxyType(
    {
        (QuestionState.OPEN, QuestionAct.ANSWER): QuestionState.ANSWERED,
        (QuestionState.OPEN, QuestionAct.CLOSE): QuestionState.CLOSED,
        (QuestionState.ANSWERED, QuestionAct.ASK_FURTHER): QuestionState.OPEN,
        (QuestionState.ANSWERED, QuestionAct.CLOSE): QuestionState.CLOSED,
        (QuestionState.ANSWERED, QuestionAct.PUBLISH): QuestionState.ANSWERED,
        (QuestionState.CLOSED, QuestionAct.PUBLISH): QuestionState.CLOSED,
    },
)


def next_state(state: QuestionState, act: QuestionAct) -> QuestionState:
    """Return the state that `act` leads to.

    :raises QuestionMoveError: a question in `state` knows no such act.
    """
    try:
        return MOVES[state, act]
    except KeyError:
        raise QuestionMoveError(label=state.label, state=state, act=act) from None


def tidy_text(text: str, *, longest: int) -> str:
    """Return `text` without the blanks around it.

    :raises EmptyTextError: nothing is left, or more than `longest` characters.
    """
    tidied = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not tidied or len(tidied) > longest:
        raise EmptyTextError(longest)
    return tidied
