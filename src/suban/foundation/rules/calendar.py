"""The calendar file: per year the weekdays off and the weekend days at work."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from suban.kernel.working_days import SATURDAY


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFile:
    """The content of a calendar file."""

    version: str
    source: str
    provisional_years: frozenset[int]
    rows: tuple[tuple[date, bool], ...]


def read_calendar(text: str) -> CalendarFile:
    """Return the calendar written in `text` (TOML).

    :raises ValueError: a part is missing, or a date doesn't exist.
    """
    content = tomllib.loads(text)
    try:
        return CalendarFile(
            version=content["version"],
            source=content["source"],
            provisional_years=frozenset(content["provisional_years"]),
            rows=tuple(_rows(content["years"])),
        )
    except KeyError as error:
        raise ValueError(f"the calendar file lacks {error}") from error


def departs_from_week(day: date, *, works: bool) -> bool:
    """Tell whether `day` is an exception to the weekday rule."""
    return works is not (day.weekday() < SATURDAY)


def _rows(years: dict[str, Any]) -> Iterator[tuple[date, bool]]:
    for year, days in years.items():
        for span in days["closed"]:
            yield from ((day, False) for day in _span(year, span))
        for span in days["works"]:
            yield from ((day, True) for day in _span(year, span))


def _span(year: str, span: str) -> Iterator[date]:
    first, _, last = span.partition("/")
    day, end = date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last or first}")
    while day <= end:
        yield day
        day += timedelta(days=1)
