"""Keeps the search index beside what it finds, in the same transaction."""

from typing import Final

from django.db import connection

from suban.foundation.models import SearchDocument
from suban.foundation.rules.search import cut_words
from suban.foundation.services.transactions import transaction_required

_DELETE: Final = "DELETE FROM foundation_search WHERE rowid = %s"
_INSERT: Final = "INSERT INTO foundation_search (rowid, title, body) VALUES (%s, %s, %s)"


@transaction_required
def index_document(*, kind: str, key: str, title: str, body: str) -> None:
    """Let `key` of `kind` be found by the words of `title` (which weigh more) and `body`."""
    words = {"title": " ".join(cut_words(title)), "body": " ".join(cut_words(body))}
    document, _ = SearchDocument.objects.update_or_create(kind=kind, key=key, defaults=words)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(_DELETE, [document.pk])
            cursor.execute(_INSERT, [document.pk, words["title"], words["body"]])


@transaction_required
def remove_document(*, kind: str, key: str) -> None:
    """Let `key` of `kind` not be found any more."""
    document = SearchDocument.objects.filter(kind=kind, key=key).first()
    if document is None:
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(_DELETE, [document.pk])
    document.delete()
