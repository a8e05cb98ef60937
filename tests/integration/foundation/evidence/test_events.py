"""Appending events, and the database that refuses everything but appending."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import Error, connection, connections

from suban.foundation.errors import StreamMovedError
from suban.foundation.models import Event
from suban.foundation.queries.evidence import list_events
from suban.foundation.queries.protection import list_missing_protection
from suban.foundation.services.access_log import record_read
from suban.foundation.services.evidence import append_events, sign_checkpoint
from suban.foundation.services.protection import protect_evidence
from suban.foundation.services.transactions import savepoint
from suban.foundation.types import GENESIS, ChainHead, NewEvent

pytestmark = pytest.mark.django_db
Append = Callable[..., ChainHead]
AT = datetime(2017, 10, 17, 1, 0, 0, 123, tzinfo=UTC)


def test_events_are_appended_in_one_statement_and_read_back_as_recorded(
    django_assert_num_queries: Any,
) -> None:
    new = [NewEvent("case.submitted", {"名称": "注册"}), NewEvent("case.accepted", {}, version=2)]

    with django_assert_num_queries(1):
        head = append_events(
            stream="case:1",
            head=GENESIS,
            events=new,
            at=AT,
            effective_on=date(2017, 10, 17),
            by="person:1",
            on_behalf_of="company:1",
        )

    first, second = list_events("case:1")
    assert (first.type, first.version, first.seq, first.data) == ("case.submitted", 1, 1, {"名称": "注册"})
    assert (first.actor, first.on_behalf_of, first.recorded_at) == ("person:1", "company:1", AT)
    assert (second.version, second.effective_on) == (2, date(2017, 10, 17))
    assert second.head == head
    assert first.event_id < second.event_id


def test_a_stream_without_events_is_empty() -> None:
    assert list_events("case:none") == []


def test_nothing_to_append_leaves_the_head(append: Append) -> None:
    assert append("case:1") == GENESIS


def test_a_stream_goes_on_from_its_head(append: Append) -> None:
    head = append("case:1", "a", "b")

    head = append("case:1", "c", head=head)

    assert head.seq == 3
    assert [event.type for event in list_events("case:1")] == ["a", "b", "c"]


def test_who_appends_after_an_old_head_is_refused(append: Append) -> None:
    append("case:1", "a")

    with pytest.raises(StreamMovedError) as refusal, savepoint():
        append_events(
            stream="case:1",
            head=GENESIS,
            events=[NewEvent("b", {})],
            at=AT,
            effective_on=date(2017, 10, 17),
            by="staff:2",
        )

    assert refusal.value.code == "foundation.stream_moved"
    assert [event.type for event in list_events("case:1")] == ["a"]


def test_appending_outside_a_transaction_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections["default"], "in_atomic_block", False)

    with pytest.raises(RuntimeError, match="inside a transaction"):
        append_events(
            stream="case:1", head=GENESIS, events=[], at=AT, effective_on=date(2017, 10, 17), by="staff:1"
        )


def test_the_protection_is_there_after_migrate() -> None:
    assert list_missing_protection() == ()


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("UPDATE foundation_event SET actor = 'x'", id="change an event"),
        pytest.param("DELETE FROM foundation_event", id="delete an event"),
        pytest.param("UPDATE foundation_accesslogentry SET actor = 'x'", id="change a read"),
        pytest.param("DELETE FROM foundation_accesslogentry", id="delete a read"),
        pytest.param("UPDATE foundation_checkpoint SET signature = 'x'", id="change a checkpoint"),
        pytest.param("DELETE FROM foundation_checkpoint", id="delete a checkpoint"),
    ],
)
def test_the_database_refuses_to_rewrite_evidence(sql: str, append: Append, data_folder: object) -> None:
    append("case:1", "a")
    record_read(subject="person:1", by="staff:1", purpose="审查", what=("phone",), at=AT)
    sign_checkpoint(at=AT)

    with pytest.raises(Error, match="append-only"), savepoint(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_orm_is_refused_too(append: Append) -> None:
    append("case:1", "a")

    with pytest.raises(Error, match="append-only"), savepoint():
        Event.objects.all().delete()


@pytest.mark.sqlite  # only SQLite replaces without firing triggers
@pytest.mark.parametrize("key", ["id", "seq"])
def test_sqlite_refuses_to_replace_an_event(key: str, append: Append) -> None:
    append("case:1", "a")
    old = Event.objects.get()
    new_key = old.pk if key == "id" else old.pk + 1

    with pytest.raises(Error, match="append-only"), savepoint(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO foundation_event (id, event_id, stream, seq, type, version, recorded_at,"
            " effective_on, actor, on_behalf_of, body, digest) VALUES"
            " (%s, 'e', %s, %s, 't', 1, '2017-10-17', '2017-10-17', 'x', '', '{}', 'd')",
            [new_key, "case:1" if key == "seq" else "case:2", 1],
        )


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["event", "accesslogentry", "checkpoint"])
def test_postgresql_refuses_to_truncate_evidence(table: str) -> None:
    with pytest.raises(Error, match="append-only"), savepoint(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE foundation_{table}")


def test_a_lost_trigger_is_named_and_comes_back(append: Append, tamper: Callable[..., None]) -> None:
    append("case:1", "a")
    tamper("UPDATE foundation_event SET actor = 'x'")

    missing = list_missing_protection()
    protect_evidence()

    assert "foundation_event_refuse_update" in missing
    assert len(missing) == 9
    assert list_missing_protection() == ()
