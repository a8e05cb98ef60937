"""Instants and legal days.

An instant is UTC. A legal day is a date in Asia/Shanghai: late evening UTC is already tomorrow at
the counter. The clock is read at the edges (pages, API, worker, command line) and passed in as `at`.
"""

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present instant in UTC. Only edges call this."""
    return datetime.now(UTC)


def civil_day(at: datetime) -> date:
    """Return the legal day in China on which the instant `at` falls.

    :raises ValueError: `at` has no time zone, so that the day would be a guess.
    """
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone has no legal day")
    return at.astimezone(SHANGHAI).date()


def start_of_day(day: date) -> datetime:
    """Return the first instant (UTC) of the legal day `day`."""
    return datetime.combine(day, time.min, tzinfo=SHANGHAI).astimezone(UTC)
