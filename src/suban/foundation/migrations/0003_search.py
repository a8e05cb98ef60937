"""The search index: FTS5 on SQLite, a GIN index over token vectors on PostgreSQL."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

VECTOR = "(setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'D'))"
CREATE = {
    "sqlite": "CREATE VIRTUAL TABLE foundation_search USING fts5(title, body, tokenize = 'unicode61')",
    "postgresql": f"CREATE INDEX foundation_search ON foundation_searchdocument USING gin ({VECTOR})",
}
DROP = {"sqlite": "DROP TABLE foundation_search", "postgresql": "DROP INDEX foundation_search"}


def create_index(_: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(CREATE[schema_editor.connection.vendor])


def drop_index(_: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(DROP[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_outbox_files_keys")]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=32)),
                ("key", models.CharField(max_length=64)),
                ("title", models.TextField()),
                ("body", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="search_document_once"),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="search_document_has_title"
                    ),
                ],
            },
        ),
        migrations.RunPython(create_index, drop_index),
    ]
