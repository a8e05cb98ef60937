"""Several workers on PostgreSQL take different rows and wait for none."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from django.db import connection

from suban.foundation.models import Delivery
from suban.foundation.services.outbox import publish, run_due
from suban.foundation.services.subscriptions import remove_subscription, subscribe
from suban.foundation.services.transactions import transaction
from suban.kernel.messages import Message

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class BellRung(Message):
    topic: ClassVar[str] = "tests.bell_rung"
    number: int


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_four_workers_share_the_messages_without_taking_one_twice() -> None:
    taken: list[int] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        run_due(at=NOON, limit=100)
        connection.close()

    subscribe(BellRung, "tests.count", lambda message, _at: taken.append(message.number))
    with transaction():
        for number in range(40):
            publish(BellRung(number=number))
    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    remove_subscription("tests.count")

    assert sorted(taken) == list(range(40))
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_being_claimed_is_skipped_and_not_waited_for() -> None:
    subscribe(BellRung, "tests.count", lambda _message, _at: None)
    with transaction():
        publish(BellRung(number=1))
    seen: list[int] = []

    def look() -> None:
        seen.append(run_due(at=NOON))
        connection.close()

    with transaction():
        Delivery.objects.select_for_update().get()
        other = threading.Thread(target=look)
        other.start()
        other.join(timeout=5)
    remove_subscription("tests.count")

    assert seen == [0]
