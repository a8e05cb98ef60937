"""A trigger that refuses to change a published definition, for whoever comes with whatever tool."""

from typing import Final

from django.db import connection

COLUMNS: Final = (
    "matter_id",
    "version",
    "definition",
    "digest",
    "effective_from",
    "published_by",
    "published_at",
)
REFUSAL: Final = "a published definition never changes"
TABLE: Final = "catalogue_matterversion"
TRIGGER: Final = f"{TABLE}_refuse_update"

_SQLITE: Final = (
    f"CREATE TRIGGER IF NOT EXISTS {TRIGGER} BEFORE UPDATE OF {', '.join(COLUMNS)} ON {TABLE} FOR EACH ROW"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
)
_FUNCTION: Final = (
    "CREATE OR REPLACE FUNCTION suban_refuse_definition_change() RETURNS trigger LANGUAGE plpgsql AS $$"
    f" BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
_POSTGRESQL: Final = (
    f"CREATE OR REPLACE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE} FOR EACH ROW"
    f" WHEN (({', '.join(f'OLD.{column}' for column in COLUMNS)}) IS DISTINCT FROM"
    f" ({', '.join(f'NEW.{column}' for column in COLUMNS)}))"
    " EXECUTE FUNCTION suban_refuse_definition_change()"
)


def protect_definitions() -> None:
    """Install the trigger if it is missing; without the table yet there is nothing to protect."""
    if TABLE not in connection.introspection.table_names():
        return
    statements = (_SQLITE,) if connection.vendor == "sqlite" else (_FUNCTION, _POSTGRESQL)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
