"""Working days: weekdays, less the holidays and plus the make-up days that the State Council announces.

The start day never counts (the law counts from the day after). A day of a year that nobody has
announced yet follows the weekday rule and is said to be provisional, so that a deadline can say so too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Final

SATURDAY: Final = 5
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class WorkingCalendar:
    """One version of the calendar, named by `version`, so that any deadline can be derived again.

    `days` needs only the days that depart from the weekday rule; listing others does no harm.
    A year counts as announced when `days` mentions it and `provisional_years` doesn't.
    """

    version: str
    source: str
    days: Mapping[date, bool] = field(repr=False)
    provisional_years: frozenset[int] = frozenset()

    @cached_property
    def announced_years(self) -> frozenset[int]:
        """Return the years whose holidays are known for certain."""
        return frozenset(day.year for day in self.days) - self.provisional_years

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work on `day`."""
        return self.days.get(day, day.weekday() < SATURDAY)

    def is_provisional(self, day: date) -> bool:
        """Tell whether the year of `day` is still to be announced."""
        return day.year not in self.announced_years

    def add_working_days(self, start: date, count: int) -> date:
        """Return the `count`-th working day after `start`, which doesn't count itself.

        :raises ValueError: `count` is negative.
        """
        if count < 0:
            raise ValueError("working days are counted forward only")
        day, left = start, count
        while left:
            day += ONE_DAY
            left -= self.is_working_day(day)
        return day

    def count_working_days(self, after: date, until: date) -> int:
        """Return how many working days follow `after`, `until` included; none when it isn't later."""
        length = (until - after).days
        return sum(self.is_working_day(after + timedelta(days=n)) for n in range(1, length + 1))

    def roll_forward(self, day: date) -> date:
        """Return `day`, or the next working day when offices are closed on it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day
