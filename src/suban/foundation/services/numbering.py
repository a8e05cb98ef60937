"""Numbers that people read: gapless ones for documents, merely unique ones where speed matters."""

from typing import Final

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from suban.foundation.services.transactions import transaction_required

# One statement that makes the series, locks its row and counts: nothing to race against.
COUNT: Final = """
INSERT INTO foundation_counter (organ, kind, year, value) VALUES (%s, %s, %s, 1)
ON CONFLICT (organ, kind, year) DO UPDATE SET value = foundation_counter.value + 1
RETURNING value
"""


@transaction_required
def next_gapless(*, organ: str, kind: str, year: int) -> int:
    """Return the next number of the series, without gaps: a rollback gives it back.

    The series stays locked until the transaction ends; call it last, after every other lock.
    """
    return _count(connection, organ=organ, kind=kind, year=year)


def next_sequence(name: str) -> int:
    """Return a number of this series that nobody else got; gaps are allowed.

    On PostgreSQL a caller inside a transaction gets it over a connection of its own, so that the
    series isn't locked until that transaction ends. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        apart = connections.create_connection(connection.alias)
        try:
            return _count(apart, organ="", kind=name, year=0)
        finally:
            apart.close()
    return _count(connection, organ="", kind=name, year=0)


def _count(over: BaseDatabaseWrapper, *, organ: str, kind: str, year: int) -> int:
    with over.cursor() as cursor:
        cursor.execute(COUNT, [organ, kind, year])
        (value,) = cursor.fetchone()
    return int(value)
