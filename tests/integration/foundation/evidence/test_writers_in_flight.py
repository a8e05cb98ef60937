"""Writers on PostgreSQL: keys are handed out before the commit, a checkpoint must not pass one by."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from suban.foundation.models import Event
from suban.foundation.queries.evidence import verify_evidence
from suban.foundation.services.evidence import append_events, sign_checkpoint
from suban.foundation.services.transactions import transaction
from suban.foundation.types import GENESIS, NewEvent

AT = datetime(2017, 10, 17, 1, 0, tzinfo=UTC)


def _in_thread(work: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.postgres  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("data_folder")
def test_a_checkpoint_waits_for_an_event_in_flight() -> None:
    written, commit = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction():
            _append("case:slow")
            written.set()
            commit.wait(2)

    slow = _in_thread(write_slowly)
    written.wait(2)
    with transaction():
        _append("case:quick")  # a later key, committed first
    signer = _in_thread(lambda: sign_checkpoint(at=AT))
    signer.join(0.3)
    waited = signer.is_alive()
    commit.set()
    slow.join()
    signer.join()

    report = verify_evidence()
    assert waited
    assert report.passed
    assert report.uncovered_events == 0
    assert Event.objects.filter(stream__in=["case:slow", "case:quick"]).count() == 2


def _append(stream: str) -> None:
    append_events(
        stream=stream,
        head=GENESIS,
        events=[NewEvent("case.submitted", {})],
        at=AT,
        effective_on=date(2017, 10, 17),
        by="person:1",
    )
