"""The calendar file that a release brings."""

from datetime import date
from importlib.resources import files

import pytest

from suban.foundation.rules.calendar import departs_from_week, read_calendar

SHIPPED = (files("suban.foundation") / "data" / "calendar.toml").read_text("utf-8")


def test_every_day_in_the_shipped_file_departs_from_the_week() -> None:
    shipped = read_calendar(SHIPPED)

    assert [day for day, works in shipped.rows if not departs_from_week(day, works=works)] == []
    assert len(dict(shipped.rows)) == len(shipped.rows)


@pytest.mark.parametrize(
    ("year", "closed", "works"),
    [
        (2017, 16, 5),
        (2018, 18, 7),
        (2019, 17, 6),
        (2020, 19, 6),
        (2021, 18, 7),
        (2022, 18, 7),
        (2023, 18, 7),
        (2024, 19, 8),
        (2025, 18, 5),
        (2026, 19, 6),
    ],
)
def test_the_shipped_file_holds_the_announced_number_of_days(year: int, closed: int, works: int) -> None:
    days = [working for day, working in read_calendar(SHIPPED).rows if day.year == year]

    assert (days.count(False), days.count(True)) == (closed, works)


def test_the_year_to_come_is_provisional() -> None:
    shipped = read_calendar(SHIPPED)

    assert shipped.provisional_years == {2027}
    assert (date(2027, 2, 10), False) in shipped.rows


@pytest.mark.parametrize(
    "text",
    ["", "version = 'a'\nsource = 'b'\nprovisional_years = []\n[years.2017]\nclosed = ['02-30']\nworks = []"],
)
def test_a_broken_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"lacks|day is out of range"):
        read_calendar(text)
