"""Working days: the published examples, and what must hold for any calendar."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from suban.kernel.working_days import WorkingCalendar

VECTORS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("vectors.yaml").read_text("utf-8"))


def _days() -> dict[date, bool]:
    days = dict.fromkeys(VECTORS["calendar"]["works"], True)
    for span in VECTORS["calendar"]["closed"]:
        first, last = map(date.fromisoformat, span.split("/"))
        days |= {first + timedelta(days=n): False for n in range((last - first).days + 1)}
    return days


CALENDAR = WorkingCalendar(version="test", source="notices", days=_days())
BARE = WorkingCalendar(version="bare", source="none", days={})


@pytest.mark.parametrize("case", VECTORS["working_days"], ids=lambda case: case["id"])
def test_due_day_of_the_published_examples(case: dict[str, Any]) -> None:
    excluded = CALENDAR.count_working_days(*case["suspended"]) if "suspended" in case else 0

    due = CALENDAR.add_working_days(case["start"], case["days"] + excluded)

    assert due == case["due"]


def test_sixty_calendar_days_that_end_on_a_sunday_roll_to_monday() -> None:
    assert CALENDAR.roll_forward(date(2017, 10, 18) + timedelta(days=60)) == date(2017, 12, 18)


def test_rolling_forward_passes_a_holiday_and_stops_on_a_make_up_day() -> None:
    assert CALENDAR.roll_forward(date(2018, 2, 10)) == date(2018, 2, 11)
    assert CALENDAR.roll_forward(date(2018, 2, 15)) == date(2018, 2, 22)
    assert CALENDAR.roll_forward(date(2017, 10, 17)) == date(2017, 10, 17)


def test_no_days_end_on_the_start_day() -> None:
    assert CALENDAR.add_working_days(date(2017, 10, 1), 0) == date(2017, 10, 1)


def test_days_are_never_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        CALENDAR.add_working_days(date(2017, 10, 1), -1)
    assert CALENDAR.count_working_days(date(2017, 10, 20), date(2017, 10, 17)) == 0
    assert CALENDAR.count_working_days(date(2017, 10, 17), date(2017, 10, 17)) == 0


def test_an_unannounced_year_follows_the_weekday_rule_and_is_provisional() -> None:
    assert BARE.is_working_day(date(2031, 10, 1))
    assert not BARE.is_working_day(date(2031, 10, 4))
    assert BARE.is_provisional(date(2031, 10, 1))
    assert not CALENDAR.is_provisional(date(2017, 1, 1))


def test_a_year_with_days_may_still_be_provisional() -> None:
    calendar = WorkingCalendar(
        version="t",
        source="t",
        days={date(2027, 1, 1): False},
        provisional_years=frozenset({2027}),
    )

    assert calendar.is_provisional(date(2027, 6, 1))
    assert not calendar.is_working_day(date(2027, 1, 1))


@given(st.dates(date(2016, 1, 1), date(2019, 12, 31)), st.integers(1, 120))
def test_counting_undoes_adding(start: date, count: int) -> None:
    due = CALENDAR.add_working_days(start, count)

    assert due > start
    assert CALENDAR.is_working_day(due)
    assert CALENDAR.count_working_days(start, due) == count


@given(st.dates(date(2016, 1, 1), date(2019, 12, 31)), st.integers(0, 60), st.integers(0, 60))
def test_adding_in_two_steps_is_adding_at_once(start: date, first: int, second: int) -> None:
    at_once = CALENDAR.add_working_days(start, first + second)

    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, first), second) == at_once
