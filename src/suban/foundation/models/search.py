"""What can be searched for: words of a thing, cut into tokens. The index itself is the database's own.

SQLite keeps an FTS5 table beside this one, with the same keys; PostgreSQL an index over these columns.
Both are made in the migration; `services.search` and `queries.search` hide which it is.
"""

from typing import ClassVar

from django.db import models


class SearchDocument(models.Model):
    """One thing that can be found: its kind, its key there, and its tokens with blanks between."""

    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=64)
    title = models.TextField()
    body = models.TextField()

    class Meta:
        """A thing is indexed once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="search_document_once"),
            models.CheckConstraint(condition=~models.Q(title=""), name="search_document_has_title"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
