"""Legal days: the counter's date, not the server's."""

from datetime import UTC, date, datetime, timedelta

import pytest

from suban.kernel.clock import civil_day, now, start_of_day


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(datetime(2017, 10, 17, 15, 59, 59, tzinfo=UTC), date(2017, 10, 17), id="just before"),
        pytest.param(datetime(2017, 10, 17, 16, 0, tzinfo=UTC), date(2017, 10, 18), id="late evening UTC"),
        pytest.param(datetime(2017, 12, 31, 20, 0, tzinfo=UTC), date(2018, 1, 1), id="new year"),
    ],
)
def test_late_evening_in_utc_is_already_tomorrow_at_the_counter(at: datetime, expected: date) -> None:
    assert civil_day(at) == expected


def test_an_instant_without_a_time_zone_has_no_legal_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        civil_day(datetime(2017, 10, 17))  # noqa: DTZ001 - that is the point


def test_a_legal_day_starts_at_its_first_instant() -> None:
    first = start_of_day(date(2017, 10, 18))

    assert first == datetime(2017, 10, 17, 16, tzinfo=UTC)
    assert civil_day(first) == date(2017, 10, 18)
    assert civil_day(first - timedelta(microseconds=1)) == date(2017, 10, 17)


def test_now_is_in_utc() -> None:
    assert now().tzinfo is UTC
