r"""Patterns of fields, kept to what can't run away: character classes with counted repeats.

A definition is untrusted and Python's `re` has no time limit, so that `(a+)+$` could stop a server.
Allowed are literals, classes and `\d`, each with at most one counted repeat, and plain alternatives without
groups; at most three repeats may vary in length, which bounds the ways a text can be tried.
"""

import re
from functools import lru_cache
from typing import Final

from suban.catalogue.errors import ExpressionRefusedError

MAX_LENGTH: Final = 120
MAX_VARYING: Final = 3
_ATOM: Final = r"(?:\[(?:\^?)[^\[\]\\]{1,60}\]|\\[dwADZ.\-+()]|[^\\\[\](){}|*+?.^$])"
_REPEAT: Final = r"(?:\{\d{1,3}(?:,\d{1,3})?\}|\?)?"
_VARYING: Final = re.compile(r"\{\d{1,3},\d{1,3}\}|(?<!\\)\?")
_SAFE: Final = re.compile(rf"(?:{_ATOM}{_REPEAT})*(?:\|(?:{_ATOM}{_REPEAT})*)*")


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return the compiled `pattern`, to be matched against the whole answer.

    :raises ExpressionRefusedError: it is longer or richer than a field's pattern may be.
    """
    simple = len(pattern) <= MAX_LENGTH and _SAFE.fullmatch(pattern) is not None
    if not simple or len(_VARYING.findall(pattern)) > MAX_VARYING:
        raise ExpressionRefusedError(
            f"格式规则“{pattern[:60]}”太复杂：只能用字符、字符集和 {{次数}}，不能用括号、* 或 +。"
        )
    try:
        return re.compile(pattern, re.ASCII)
    except re.error:
        raise ExpressionRefusedError(f"格式规则“{pattern[:60]}”写法不正确。") from None


def matches(pattern: str, text: str) -> bool:
    """Tell whether the whole `text` fits `pattern`."""
    return compile_pattern(pattern).fullmatch(text) is not None
