"""Names that people give to files, made harmless, and the headers under which files go out."""

import unicodedata
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from suban.foundation.types import JPEG, PDF, PNG

MAX_NAME: Final = 120
_SHOWN: Final = frozenset({PDF, PNG, JPEG})
_FORBIDDEN: Final = frozenset('<>:"|?*%;')
# Cc control, Cf format (bidirectional marks among them), Cs surrogates, Co private, Cn unassigned, Zl, Zp
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean_name(name: str) -> str:
    r"""Return `name` without folders, hidden or reversing characters, and not too long.

    >>> clean_name("../../etc/pass\u202ewd.pdf")
    'passwd.pdf'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        c
        for c in unicodedata.normalize("NFC", last)
        if unicodedata.category(c) not in _HIDDEN and c not in _FORBIDDEN
    ).strip(" .")
    if not kept:
        return "file"
    stem, dot, extension = kept.rpartition(".")
    if not dot or len(extension) > 8:
        return kept[:MAX_NAME]
    return f"{stem[: MAX_NAME - len(extension) - 1]}.{extension}"


def response_headers(*, media_type: str, name: str, inline: bool) -> Mapping[str, str]:
    """Return the headers that make it safe to serve a file that a stranger uploaded.

    Only PDF and images are ever shown in the page's place; everything else is downloaded. Nothing runs
    in it, nothing guesses its type, no cache keeps it.
    """
    shown = inline and media_type in _SHOWN
    ascii_name = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)
    disposition = "inline" if shown else "attachment"
    names = f"filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {
        "Content-Type": media_type if shown else "application/octet-stream",
        "Content-Disposition": f"{disposition}; {names}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'self'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
    }
