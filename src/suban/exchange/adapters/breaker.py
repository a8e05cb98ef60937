"""A breaker per register: one that is down costs the next caller nothing for a while."""

import threading
from collections.abc import Callable
from typing import Final

FAILURES: Final = 3
REST_SECONDS: Final = 15.0


class Breaker:
    """Counts failures in a row; after three it rests, then lets one call through to try."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures: dict[str, int] = {}
        self._rests_until: dict[str, float] = {}
        self._lock = threading.Lock()

    def is_resting(self, name: str) -> bool:
        """Tell whether `name` shouldn't be called now; when its rest ends, one caller may try."""
        with self._lock:
            until = self._rests_until.get(name)
            if until is None:
                return False
            if self._clock() < until:
                return True
            self._rests_until[name] = self._clock() + REST_SECONDS
            return False

    def succeed(self, name: str) -> None:
        """Forget the failures of `name`."""
        with self._lock:
            self._failures.pop(name, None)
            self._rests_until.pop(name, None)

    def fail(self, name: str) -> None:
        """Count a failure of `name`."""
        with self._lock:
            self._failures[name] = self._failures.get(name, 0) + 1
            if self._failures[name] >= FAILURES:
                self._rests_until[name] = self._clock() + REST_SECONDS
