"""The outbox: nothing lost, nothing done twice without need, nothing failing in silence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from suban.foundation import ports
from suban.foundation.errors import UnknownDeadLetterError
from suban.foundation.models import Delivery
from suban.foundation.queries.outbox import count_waiting, list_dead_letters
from suban.foundation.rules.delays import LEASE, MAX_ATTEMPTS
from suban.foundation.services import outbox, transactions
from suban.foundation.services.outbox import forget_settled, publish, revive, run_due
from suban.foundation.services.subscriptions import remove_subscription, subscribe
from suban.foundation.services.transactions import transaction
from suban.kernel.messages import Message

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit(Message):
    topic: ClassVar[str] = "tests.lamp_lit"
    lamp: str
    on: date


class Recorder:
    """A handler that notes what it was given, and fails as often as it is told."""

    def __init__(self) -> None:
        self.taken: list[LampLit] = []
        self.failures_left = 0

    def __call__(self, message: LampLit, _at: datetime) -> None:
        if self.failures_left:
            self.failures_left -= 1
            raise ValueError("the lamp of 张三 is stuck")
        self.taken.append(message)


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    recorder = Recorder()
    subscribe(LampLit, "tests.record_lamp", recorder)
    yield recorder
    remove_subscription("tests.record_lamp")


def light(lamp: str = "a", *, key: str = "") -> LampLit:
    message = LampLit(lamp=lamp, on=date(2026, 11, 23))
    with transaction():
        publish(message, key=key)
    return message


def test_a_published_message_reaches_its_handler_once_as_it_was(recorder: Recorder) -> None:
    message = light()

    assert run_due(at=NOON) == 1
    assert run_due(at=NOON) == 0
    assert recorder.taken == [message]


def test_each_subscribed_handler_gets_its_own_row(recorder: Recorder) -> None:
    other = Recorder()
    subscribe(LampLit, "tests.record_lamp_too", other)
    recorder.failures_left = 1
    light()

    run_due(at=NOON)
    remove_subscription("tests.record_lamp_too")

    assert (len(recorder.taken), len(other.taken), count_waiting()) == (0, 1, 1)


def test_a_rolled_back_transaction_publishes_nothing(recorder: Recorder) -> None:
    def light_and_fail() -> None:
        with transaction():
            publish(LampLit(lamp="a", on=date(2026, 11, 23)))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        light_and_fail()

    assert count_waiting() == 0


def test_publishing_outside_a_transaction_is_refused(recorder: Recorder, monkeypatch: Any) -> None:
    monkeypatch.setattr(transactions, "connection", SimpleNamespace(in_atomic_block=False))

    with pytest.raises(RuntimeError):
        publish(LampLit(lamp="a", on=date(2026, 11, 23)))


def test_the_same_key_is_delivered_once(recorder: Recorder) -> None:
    light(key="one")
    light(key="one")

    run_due(at=NOON)

    assert len(recorder.taken) == 1


def test_a_failure_is_tried_again_later_and_not_before(recorder: Recorder) -> None:
    recorder.failures_left = 1
    light()

    run_due(at=NOON)
    at_once = run_due(at=NOON + timedelta(seconds=1))
    later = run_due(at=NOON + timedelta(seconds=3))

    assert (at_once, later, len(recorder.taken)) == (0, 1, 1)


def test_after_the_last_attempt_it_is_a_visible_dead_letter_that_can_be_revived(recorder: Recorder) -> None:
    recorder.failures_left = MAX_ATTEMPTS
    light()
    at = NOON
    for _ in range(MAX_ATTEMPTS):
        assert run_due(at=at) == 1
        at += timedelta(hours=1)

    assert run_due(at=at) == 0
    (letter,) = list_dead_letters()
    assert (letter.handler, letter.attempts) == ("tests.record_lamp", MAX_ATTEMPTS)
    assert letter.last_error.startswith("ValueError: ")

    revive(letter.id)
    run_due(at=at)

    assert (list_dead_letters(), len(recorder.taken)) == ([], 1)


def test_reviving_what_is_not_dead_is_refused() -> None:
    with pytest.raises(UnknownDeadLetterError):
        revive(1)


def test_what_a_killed_worker_held_is_taken_over_when_its_lease_ends(recorder: Recorder) -> None:
    light()
    Delivery.objects.update(lease_until=NOON + LEASE, lease_token="killed", attempts=1)

    before = run_due(at=NOON + LEASE - timedelta(seconds=1))
    after = run_due(at=NOON + LEASE)

    assert (before, after, len(recorder.taken)) == (0, 1, 1)


def test_a_message_that_kills_every_worker_ends_as_a_dead_letter(recorder: Recorder) -> None:
    light()
    Delivery.objects.update(lease_until=NOON, lease_token="killed", attempts=MAX_ATTEMPTS)

    run_due(at=NOON)

    assert recorder.taken == []
    assert list_dead_letters()[0].last_error.startswith("LeaseLost")


def test_a_lease_counts_from_its_claim_and_not_from_the_start_of_the_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    minutes = iter(range(100))
    monkeypatch.setattr(outbox, "moving", lambda at: lambda: at + timedelta(minutes=next(minutes)))
    leases: list[datetime] = []

    def look(_message: LampLit, _at: datetime) -> None:
        leases.append(Delivery.objects.get(lease_token__gt="").lease_until or NOON)

    subscribe(LampLit, "tests.look", look)
    light("a")
    light("b")

    run_due(at=NOON)
    remove_subscription("tests.look")

    assert leases[0] == NOON + LEASE
    assert leases[1] == NOON + timedelta(minutes=1) + LEASE


def test_who_lost_the_lease_does_not_overwrite_the_outcome() -> None:
    def lose_the_lease(message: LampLit, at: datetime) -> None:
        Delivery.objects.update(lease_token="another")

    subscribe(LampLit, "tests.lose", lose_the_lease)
    light()

    run_due(at=NOON)
    remove_subscription("tests.lose")

    assert Delivery.objects.get().state == Delivery.WAITING


def test_a_row_whose_handler_is_gone_waits_with_the_reason(recorder: Recorder) -> None:
    light()
    remove_subscription("tests.record_lamp")

    run_due(at=NOON)

    assert "no handler" in Delivery.objects.get().last_error


def test_a_pass_stops_at_its_limit(recorder: Recorder) -> None:
    for lamp in "abcde":
        light(lamp)

    assert run_due(at=NOON, limit=2) == 2
    assert count_waiting() == 3


def test_what_was_made_is_forgotten_after_its_time(recorder: Recorder) -> None:
    light()
    run_due(at=NOON)

    assert forget_settled(before=NOON) == 0
    assert forget_settled(before=NOON + timedelta(seconds=1)) == 1


def test_two_handlers_of_one_name_are_a_mistake(recorder: Recorder) -> None:
    with pytest.raises(ValueError, match="two subscriptions"):
        subscribe(LampLit, "tests.record_lamp", Recorder())


def test_publishing_rings_the_bell_after_the_commit(
    recorder: Recorder, django_capture_on_commit_callbacks: Any
) -> None:
    class Bell(ports.SilentBell):
        rings = 0

        def ring(self) -> None:
            self.rings += 1

    with ports.bell.plugged(Bell()) as bell, django_capture_on_commit_callbacks() as callbacks:
        light()
        assert bell.rings == 0
        for callback in callbacks:
            callback()
    assert len(callbacks) == 1
