"""Finds things by the words a person would say, best first."""

from typing import Final

from django.db import connection

from suban.foundation.rules.search import cut_query
from suban.foundation.types import SearchHit

# The title weighs eight times the body in both; SQLite's rank is the better the smaller.
_SQLITE: Final = """
SELECT document.key, -bm25(foundation_search, 8.0, 1.0) AS score
FROM foundation_search JOIN foundation_searchdocument AS document ON document.id = foundation_search.rowid
WHERE foundation_search MATCH %s AND document.kind = %s
ORDER BY score DESC, document.key LIMIT %s
"""
_VECTOR: Final = "setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'D')"
_POSTGRESQL: Final = f"""
SELECT key, ts_rank('{{0.125, 0.2, 0.4, 1.0}}', {_VECTOR}, asked) AS score
FROM foundation_searchdocument, to_tsquery('simple', %s) AS asked
WHERE {_VECTOR} @@ asked AND kind = %s
ORDER BY score DESC, key LIMIT %s
"""  # noqa: S608 -- made of this module's own constants


def search_documents(*, kind: str, text: str, limit: int = 50) -> tuple[SearchHit, ...]:
    """Return the things of `kind` that `text` speaks of, best first; none for an empty text."""
    tokens = cut_query(text)
    if not tokens:
        return ()
    statement, asked = _asked(tokens)
    with connection.cursor() as cursor:
        cursor.execute(statement, [asked, kind, limit])
        return tuple(SearchHit(key=key, score=float(score)) for key, score in cursor.fetchall())


def _asked(tokens: tuple[str, ...]) -> tuple[str, str]:
    # Tokens hold letters and digits, but a quote is doubled all the same: they come from strangers.
    if connection.vendor == "sqlite":
        return _SQLITE, " OR ".join('"' + token.replace('"', '""') + '"' for token in tokens)
    quoted = ("'" + token.replace("\\", "").replace("'", "''") + "'" for token in tokens)
    return _POSTGRESQL, " | ".join(quoted)
