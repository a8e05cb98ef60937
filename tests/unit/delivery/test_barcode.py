"""Code 128: what is printed reads back, and the table is the standard's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suban.delivery.rules.barcode import START_B, START_C, STOP, TO_B, WIDTHS, code128_symbols, code128_widths


def read(widths: list[int]) -> str:
    """Read bars back: an independent reader of sets B and C."""
    text = "".join(map(str, widths))
    assert text.endswith(STOP)
    symbols = [WIDTHS.index(text[i : i + 6]) for i in range(0, len(text) - len(STOP), 6)]
    *symbols, check = symbols
    assert (symbols[0] + sum(i * s for i, s in enumerate(symbols))) % 103 == check
    code_set, words = symbols[0], ""
    for symbol in symbols[1:]:
        if symbol == TO_B and code_set == START_C:
            code_set = START_B
        else:
            words += f"{symbol:02d}" if code_set == START_C else chr(symbol + 32)
    return words


def test_the_table_obeys_the_standard() -> None:
    assert len(WIDTHS) == len(set(WIDTHS)) == 106
    for widths in WIDTHS:
        assert sum(map(int, widths)) == 11
        assert sum(map(int, widths[::2])) % 2 == 0  # even parity of the bars


def test_a_published_example() -> None:
    # The textbook example is in set A (start 103, check 54); set B starts one higher.
    assert code128_symbols("PJJ123C") == [104, 48, 42, 42, 17, 18, 19, 35, 55]


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30))
def test_bars_read_back(text: str) -> None:
    assert read(code128_widths(text)) == text


@given(st.text("0123456789", min_size=1, max_size=20))
def test_numbers_read_back(number: str) -> None:
    assert read(code128_widths(number)) == number


def test_a_number_of_13_digits_is_short_enough_for_the_label() -> None:
    assert sum(code128_widths("1012345678905")) <= 132


@pytest.mark.parametrize("text", ["", "镇江", "a\n"])
def test_other_characters_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        code128_widths(text)
