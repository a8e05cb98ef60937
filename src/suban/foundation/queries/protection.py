"""Looks whether the triggers are still there that keep evidence from being changed.

On SQLite an ALTER TABLE rebuilds the table and drops its triggers without a word, hence the check.
"""

from typing import Final

from django.db import connection, models

from suban.foundation.models import AccessLogEntry, Checkpoint, Event

PROTECTED: Final = (Event, AccessLogEntry, Checkpoint)
# What makes a row the same row: SQLite's INSERT OR REPLACE would delete it without firing a trigger.
KEYS: Final = {Event: ("stream", "seq"), AccessLogEntry: ("id",), Checkpoint: ("number",)}
ACTIONS: Final = {
    "sqlite": ("update", "delete", "replace"),
    "postgresql": ("update", "delete", "truncate"),
}


def table_name(model: type[models.Model]) -> str:
    """Return the name of the model's table."""
    return model._meta.db_table  # noqa: SLF001 - Django's documented way


def trigger_name(table: str, action: str) -> str:
    """Return the name of the trigger that refuses `action` on `table`."""
    return f"{table}_refuse_{action}"


def list_missing_protection() -> tuple[str, ...]:
    """Return the names of protecting triggers that the database lacks or has switched off."""
    present = _present_triggers()
    wanted = (
        trigger_name(table_name(model), action)
        for model in PROTECTED
        for action in ACTIONS[connection.vendor]
    )
    return tuple(name for name in wanted if name not in present)


def _present_triggers() -> frozenset[str]:
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return frozenset(name for (name,) in cursor.fetchall())
