"""Numbers: gapless where the law wants them, never twice anywhere."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from suban.foundation.services.numbering import next_gapless, next_sequence
from suban.foundation.services.transactions import savepoint, transaction


@pytest.mark.django_db
def test_each_series_counts_for_itself() -> None:
    first = [next_gapless(organ="organ:1", kind="受理", year=2017) for _ in range(3)]

    assert first == [1, 2, 3]
    assert next_gapless(organ="organ:2", kind="受理", year=2017) == 1
    assert next_gapless(organ="organ:1", kind="决定", year=2017) == 1
    assert next_gapless(organ="organ:1", kind="受理", year=2018) == 1


@pytest.mark.django_db
def test_a_rollback_gives_the_number_back() -> None:
    def give_up() -> None:
        with savepoint():
            next_gapless(organ="organ:1", kind="受理", year=2017)
            raise LookupError

    with pytest.raises(LookupError):
        give_up()

    assert next_gapless(organ="organ:1", kind="受理", year=2017) == 1


@pytest.mark.django_db
def test_a_gapless_number_outside_a_transaction_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections["default"], "in_atomic_block", False)

    with pytest.raises(RuntimeError, match="inside a transaction"):
        next_gapless(organ="organ:1", kind="受理", year=2017)


@pytest.mark.django_db
def test_a_sequence_never_repeats() -> None:
    numbers = [next_sequence("parcel") for _ in range(5)]

    assert numbers == sorted(set(numbers))
    assert next_sequence("licence") >= 1


@pytest.mark.postgres  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_many_clerks_at_once_leave_no_gap() -> None:
    def take(attempt: int) -> int | None:
        try:
            return _take_or_give_up(attempt)
        except LookupError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = [number for number in pool.map(take, range(60)) if number is not None]

    assert sorted(taken) == list(range(1, 49))


def _take_or_give_up(attempt: int) -> int:
    with transaction():
        number = next_gapless(organ="organ:1", kind="受理", year=2017)
        next_sequence("beside")
        if attempt % 5 == 0:
            raise LookupError
        return number
