"""The search index follows its documents."""

import pytest

from suban.foundation.queries.search import search_documents
from suban.foundation.services.search import index_document, remove_document
from suban.foundation.services.transactions import transaction

pytestmark = pytest.mark.django_db


def index(key: str, title: str, body: str = "", kind: str = "lamp") -> None:
    with transaction():
        index_document(kind=kind, key=key, title=title, body=body)


def found(text: str, kind: str = "lamp") -> list[str]:
    return [hit.key for hit in search_documents(kind=kind, text=text)]


def test_the_title_weighs_more_than_the_body() -> None:
    index("a", "台灯", "药店里的灯")
    index("b", "药店", "台面上的物件")

    assert found("药店") == ["b", "a"]


def test_a_document_is_found_by_its_present_words_only() -> None:
    index("a", "药店")
    index("a", "诊所")

    assert found("药店") == []
    assert found("诊所") == ["a"]


def test_kinds_are_apart_and_removed_documents_gone() -> None:
    index("a", "药店")
    index("a", "药店", kind="other")

    with transaction():
        remove_document(kind="lamp", key="a")
        remove_document(kind="lamp", key="never")

    assert found("药店") == []
    assert found("药店", kind="other") == ["a"]
