"""Triggers that refuse UPDATE, DELETE and TRUNCATE on evidence, for whoever comes with whatever tool.

Installed after every migrate, because SQLite drops them silently when it rebuilds an altered table.
"""

from typing import Final

from django.db import connection, models

from suban.foundation.queries.protection import ACTIONS, KEYS, PROTECTED, table_name, trigger_name

REFUSAL: Final = "evidence is append-only"
FUNCTION: Final = f"""
CREATE OR REPLACE FUNCTION suban_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def protect_evidence() -> None:
    """Install every trigger that is missing; a table not migrated yet is left alone."""
    tables = frozenset(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for model in PROTECTED:
            if table_name(model) in tables:
                for action in ACTIONS[connection.vendor]:
                    cursor.execute(_statement(model, action))


def _statement(model: type[models.Model], action: str) -> str:
    table = table_name(model)
    name = trigger_name(table, action)
    if connection.vendor == "postgresql":
        each = "STATEMENT" if action == "truncate" else "ROW"
        return (
            f'CREATE OR REPLACE TRIGGER "{name}" BEFORE {action.upper()} ON "{table}"'
            f" FOR EACH {each} EXECUTE FUNCTION suban_refuse_change()"
        )
    event = "INSERT" if action == "replace" else action.upper()
    when = f"WHEN {_same_row(model)} " if action == "replace" else ""
    return (
        f'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE {event} ON "{table}" FOR EACH ROW {when}'
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def _same_row(model: type[models.Model]) -> str:
    """Return the condition that a row with the same key is there already."""
    table = table_name(model)
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in KEYS[model])
    return f'EXISTS (SELECT 1 FROM "{table}" WHERE ({same}) OR "id" = NEW."id")'  # noqa: S608 - own names
