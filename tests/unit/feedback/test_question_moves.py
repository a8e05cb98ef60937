"""Which act may follow which in the life of a question; the forbidden ones by complement."""

from itertools import product

import pytest

from suban.feedback.errors import EmptyTextError, QuestionMoveError
from suban.feedback.rules import MOVES, next_state, tidy_text
from suban.feedback.types import QuestionAct, QuestionState


@pytest.mark.parametrize(("state", "act"), sorted(set(product(QuestionState, QuestionAct)) - set(MOVES)))
def test_every_move_not_in_the_table_is_refused(state: QuestionState, act: QuestionAct) -> None:
    with pytest.raises(QuestionMoveError):
        next_state(state, act)


@pytest.mark.parametrize(("state", "act"), sorted(MOVES))
def test_every_move_in_the_table_leads_where_it_says(state: QuestionState, act: QuestionAct) -> None:
    assert next_state(state, act) is MOVES[state, act]


@pytest.mark.parametrize("text", ["", " \r\n ", "\x00", "x" * 11])
def test_nothing_and_too_much_are_refused_with_the_limit(text: str) -> None:
    with pytest.raises(EmptyTextError, match="10"):
        tidy_text(text, longest=10)
