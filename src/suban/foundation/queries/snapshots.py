"""What a copy of the database holds, read through a plain cursor: for backups, which work on copies.

Django isn't connected to a copy; the names of the tables are this context's own knowledge.
"""

from collections.abc import Iterator
from typing import Any

from suban.foundation.models import AccessLogEntry, Checkpoint, Event, File
from suban.foundation.queries.protection import table_name
from suban.foundation.types import GENESIS, EvidenceCounts


def list_file_keys(cursor: Any) -> Iterator[str]:
    """Return the keys of all files that the database names."""
    cursor.execute(f'SELECT file_id FROM "{table_name(File)}"')  # noqa: S608 - own name
    while rows := cursor.fetchmany(1000):
        yield from (row[0] for row in rows)


def count_evidence(cursor: Any) -> EvidenceCounts:
    """Return how much evidence the database holds."""
    counts = {}
    for name, model in (("events", Event), ("reads", AccessLogEntry), ("checkpoints", Checkpoint)):
        cursor.execute(f'SELECT COUNT(*) FROM "{table_name(model)}"')  # noqa: S608 - own names
        counts[name] = cursor.fetchone()[0]
    cursor.execute(f'SELECT digest FROM "{table_name(Checkpoint)}" ORDER BY number DESC LIMIT 1')  # noqa: S608
    last = cursor.fetchone()
    return EvidenceCounts(**counts, head=last[0] if last else GENESIS.digest)
