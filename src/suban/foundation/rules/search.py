"""How a sentence becomes tokens: the words a person would look for, without the ones that say nothing."""

import re
import unicodedata
from typing import Final

import rjieba

MAX_TEXT: Final = 20_000
MAX_QUERY: Final = 100
MAX_TOKENS: Final = 16

_WORD: Final = re.compile(r"\w")
# Words of asking, not of the thing asked for.
_EMPTY: Final = frozenset(
    {
        "我",
        "你",
        "您",
        "我们",
        "的",
        "了",
        "吗",
        "呢",
        "啊",
        "和",
        "与",
        "及",
        "或",
        "在",
        "是",
        "有",
        "要",
        "想",
        "想要",
        "需要",
        "怎么",
        "怎样",
        "如何",
        "什么",
        "哪里",
        "哪儿",
        "多少",
        "可以",
        "能",
        "能否",
        "去",
        "到",
        "把",
        "给",
        "请问",
        "请",
        "一个",
        "一家",
        "家",
        "个",
        "办",
        "办理",
        "申请",
        "事",
        "事情",
        "事项",
        "手续",
        "服务",
    },
)


def cut_words(text: str) -> tuple[str, ...]:
    """Return the tokens of `text` in their order, long words also by their parts."""
    plain = unicodedata.normalize("NFKC", text[:MAX_TEXT]).lower().replace("_", " ")
    return tuple(token for token in rjieba.cut_for_search(plain) if _WORD.search(token))


def cut_query(text: str) -> tuple[str, ...]:
    """Return the tokens to look for; only words of asking leave none, then all of them count."""
    words = tuple(dict.fromkeys(cut_words(text[:MAX_QUERY])))
    telling = tuple(word for word in words if word not in _EMPTY)
    return (telling or words)[:MAX_TOKENS]
