"""Code 128 bars of a parcel number, so that any scanner in a mail room reads it.

ISO/IEC 15417: each symbol is six widths (bar, space, bar, space, bar, space) that add up to eleven.
Pairs of digits go in code set C, a digit left over in code set B.
"""

from typing import Final

_TABLE: Final = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 "
    "122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 "
    "322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 "
    "112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 "
    "331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 "
    "112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 "
    "124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 "
    "411311 113141 114131 311141 411131 211412 211214 211232"
)
WIDTHS: Final = tuple(_TABLE.split())
START_B: Final = 104
START_C: Final = 105
TO_B: Final = 100
STOP: Final = "2331112"
QUIET: Final = 10


def code128_symbols(text: str) -> list[int]:
    """Return the symbol values of `text` with start and check symbol, without stop.

    :raises ValueError: a character is outside printable ASCII.
    """
    if not text or not all(" " <= c <= "~" for c in text):
        raise ValueError("Code 128 here takes printable ASCII only")
    symbols = _digits(text) if text.isdigit() and len(text) > 1 else [START_B, *(ord(c) - 32 for c in text)]
    check = symbols[0] + sum(place * value for place, value in enumerate(symbols[1:], start=1))
    return [*symbols, check % 103]


def code128_widths(text: str) -> list[int]:
    """Return the widths of bars and spaces in turn, beginning with a bar.

    :raises ValueError: a character is outside printable ASCII.
    """
    return [int(width) for symbol in code128_symbols(text) for width in WIDTHS[symbol]] + [
        int(width) for width in STOP
    ]


def _digits(text: str) -> list[int]:
    even = len(text) - len(text) % 2
    symbols = [START_C, *(int(text[i : i + 2]) for i in range(0, even, 2))]
    return symbols if even == len(text) else [*symbols, TO_B, ord(text[-1]) - 32]
