"""Sentences become the words worth looking for."""

import pytest

from suban.foundation.rules.search import MAX_TOKENS, cut_query, cut_words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("请问药店怎么办理", {"药店"}),
        ("怎么办", {"怎么办"}),
        ("ＥＭＳ 快递", {"ems", "快递"}),
        ("办理", {"办理"}),
        ("，。！", set()),
    ],
)
def test_words_of_asking_are_left_out_unless_there_are_no_others(said, words) -> None:
    assert set(cut_query(said)) == words


def test_long_words_are_found_by_their_parts() -> None:
    assert {"执业", "药师"} <= set(cut_words("执业药师"))


def test_a_query_is_bounded() -> None:
    assert len(cut_query("一二三四五六七八九十药店开办" * 500)) <= MAX_TOKENS
