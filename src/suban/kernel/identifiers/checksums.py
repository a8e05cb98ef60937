"""The arithmetic of check characters: ISO 7064 hybrid systems and the weighted sums of the GB codes."""

from collections.abc import Sequence
from typing import Final

DIGITS: Final = "0123456789"
ALPHANUMERIC: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def mod37_36(text: str) -> str:
    """Return the ISO 7064 MOD 37,36 check character of `text` (digits and capitals).

    :raises ValueError: another character stands in `text`.
    """
    return _hybrid(text, ALPHANUMERIC)


def mod11_10(digits: str) -> str:
    """Return the ISO 7064 MOD 11,10 (GB/T 17710) check digit of `digits`.

    :raises ValueError: another character stands in `digits`.
    """
    return _hybrid(digits, DIGITS)


def weighted_sum(text: str, alphabet: str, weights: Sequence[int]) -> int:
    """Return the sum of each character's place in `alphabet` times its weight.

    :raises ValueError: a character isn't in `alphabet`, or the lengths differ.
    """
    return sum(alphabet.index(c) * weight for c, weight in zip(text, weights, strict=True))


def first_outside(text: str, alphabet: str) -> int | None:
    """Return the place (from 1) of the first character that `alphabet` lacks."""
    return next((place for place, c in enumerate(text, start=1) if c not in alphabet), None)


def _hybrid(text: str, alphabet: str) -> str:
    size = len(alphabet)
    product = size
    for c in text:
        total = (product + alphabet.index(c)) % size or size
        product = total * 2 % (size + 1)
    return alphabet[(size + 1 - product) % size]
