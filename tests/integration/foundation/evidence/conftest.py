"""A node with a data folder of its own, and a way around the database's protection."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from suban.foundation import ports
from suban.foundation.services.evidence import append_events
from suban.foundation.services.transactions import transaction
from suban.foundation.types import GENESIS, ChainHead, NewEvent

AT = datetime(2017, 10, 17, 1, 0, tzinfo=UTC)


@pytest.fixture
def data_folder(settings: Any, tmp_path: Path) -> Path:
    settings.SUBAN = SimpleNamespace(data=tmp_path, demo=True)
    return tmp_path


@pytest.fixture
def append() -> Callable[..., ChainHead]:
    def append(stream: str, *types: str, head: ChainHead = GENESIS) -> ChainHead:
        with transaction():
            return append_events(
                stream=stream,
                head=head,
                events=[NewEvent(kind, {"n": n}) for n, kind in enumerate(types)],
                at=AT,
                effective_on=date(2017, 10, 17),
                by="staff:1",
                on_behalf_of="",
            )

    return append


@pytest.fixture
def tamper() -> Callable[..., None]:
    """Run SQL as somebody who may drop triggers."""

    def tamper(sql: str, *values: Any) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f'DROP TRIGGER "{name}"')
            else:
                for table in ("event", "accesslogentry", "checkpoint"):
                    cursor.execute(f"ALTER TABLE foundation_{table} DISABLE TRIGGER USER")
            cursor.execute(sql, values)
            assert cursor.rowcount > 0

    return tamper


@pytest.fixture
def kept_heads(monkeypatch: pytest.MonkeyPatch) -> dict[str, ChainHead]:
    """Heads as a context keeps them on its rows."""
    heads: dict[str, ChainHead] = {}

    class Kept:
        def list_heads(self) -> Iterator[tuple[str, ChainHead]]:
            return iter(heads.items())

    monkeypatch.setattr(ports, "_kept", [])
    ports.add_stream_heads(Kept())
    return heads
