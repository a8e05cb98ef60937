"""The access log: every look leaves a line, a page's looks are written together."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError

from suban.foundation.models import AccessLogEntry
from suban.foundation.queries.access_log import list_reads
from suban.foundation.services.access_log import collected_reads, flush_reads, record_read

pytestmark = pytest.mark.django_db
AT = datetime(2017, 10, 17, 1, 0, tzinfo=UTC)
Look = Callable[..., None]


@pytest.fixture
def look() -> Look:
    def look(*what: str, subject: str = "person:1") -> None:
        record_read(subject=subject, by="staff:1", purpose="审查", what=what, case="case:1", at=AT)

    return look


def test_a_look_outside_a_request_is_written_at_once(look: Look) -> None:
    look("phone")

    (read,) = list_reads("person:1")
    assert (read.actor, read.purpose, read.what, read.case, read.read_at) == (
        "staff:1",
        "审查",
        ("phone",),
        "case:1",
        AT,
    )


def test_the_looks_of_a_request_are_written_in_one_statement(
    look: Look, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1), collected_reads():
        for what in (("phone",), ("phone",), ("citizen_id", "phone")):
            with collected_reads():
                look(*what)
        look("phone", subject="person:2")

    assert [read.what for read in list_reads("person:1")] == [("citizen_id", "phone"), ("phone",)]
    assert len(list_reads("person:2")) == 1


def test_a_request_without_looks_writes_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0), collected_reads():
        pass


def test_a_job_may_write_in_between(look: Look) -> None:
    with collected_reads():
        look("phone")
        assert flush_reads() == 1
        assert flush_reads() == 0

    assert len(list_reads("person:1")) == 1


def test_a_look_is_written_even_if_the_request_fails(look: Look) -> None:
    def fail() -> None:
        with collected_reads():
            look("phone")
            raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert len(list_reads("person:1")) == 1


def test_without_the_log_there_is_no_answer(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise DatabaseError

    def answer() -> None:
        with collected_reads():
            look("phone")

    monkeypatch.setattr(AccessLogEntry.objects, "bulk_create", refuse)

    with pytest.raises(DatabaseError):
        answer()
    assert flush_reads() == 0


def test_reads_are_paged_newest_first(look: Look) -> None:
    for what in ("phone", "address", "email"):
        look(what)

    first = list_reads("person:1", limit=2)
    second = list_reads("person:1", cursor=first[-1].id, limit=2)

    assert [read.what for read in first + second] == [("email",), ("address",), ("phone",)]
