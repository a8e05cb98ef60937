"""When a failed job is tried again, and when it is given up."""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from cronsim import CronSim

MAX_ATTEMPTS: Final = 12
LEASE: Final = timedelta(seconds=60)
_FIRST: Final = timedelta(seconds=2)
_LONGEST: Final = timedelta(minutes=30)
_JITTER: Final = 0.2
_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


def backoff(attempts: int) -> timedelta:
    """Return the pause after the given number of failed attempts, before jitter.

    It doubles from two seconds to half an hour; twelve attempts spread over about an hour.
    """
    return min(_FIRST * (1 << min(max(attempts - 1, 0), 20)), _LONGEST)


def jittered(pause: timedelta) -> timedelta:
    """Return `pause` shifted at random by a fifth at most, so that failures don't come back in step."""
    return pause * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 - spreads load, guards nothing


def is_given_up(attempts: int) -> bool:
    """Tell whether no further attempt is made after `attempts`."""
    return attempts >= MAX_ATTEMPTS


def next_occurrence(cron: str, after: datetime) -> datetime:
    """Return the first instant after `after` that `cron` names, in Chinese civil time.

    :raises cronsim.CronSimError: `cron` isn't a cron expression.
    """
    occurrence: datetime = next(CronSim(cron, after.astimezone(_SHANGHAI)))
    return occurrence


def moving(at: datetime) -> Callable[[], datetime]:
    """Return a clock that starts at `at`: work done in one pass takes time, and leases count from then."""
    began = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - began)
