"""The worker: empties the outbox, runs what is scheduled, and says that it is alive."""

import os
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Final

import structlog
from django.db import DatabaseError, close_old_connections, connection

from suban.foundation import ports
from suban.foundation.services.heartbeats import forget_heartbeat, record_heartbeat
from suban.foundation.services.outbox import run_due
from suban.foundation.services.schedules import register_schedules, run_due_jobs
from suban.kernel.clock import now
from suban.kernel.references import new_id

log = structlog.get_logger()
LANES: Final = 3
POLL_SECONDS: Final = {"sqlite": 0.3, "postgresql": 0.5}
BEAT_SECONDS: Final = 4.0
SCHEDULE_SECONDS: Final = 1.0
_PASS: Final = 20
_AFTER_TROUBLE: Final = 2.0


class _Signal:
    """Wakes every lane at once; a ring between two waits isn't lost."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0

    def ring(self) -> None:
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def count(self) -> int:
        with self._changed:
            return self._count

    def wait(self, seen: int, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._count != seen, timeout=seconds)


class _Lane:
    """A thread that does the same pass again and again, whatever goes wrong in one of them."""

    def __init__(self, name: str, stop: threading.Event, work: Callable[[], None]) -> None:
        self._stop, self._work = stop, work
        self._is_troubled = False
        self._thread = threading.Thread(target=self._run, name=name)
        self.name = name

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def is_well(self) -> bool:
        """Tell whether it runs and its last pass did."""
        return self._thread.is_alive() and not self._is_troubled

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._work()
                self._is_troubled = False
            except DatabaseError as error:
                # The database was away or busy; what was leased comes back by itself.
                log.error("worker.database_trouble", lane=self.name, error=type(error).__name__)  # noqa: TRY400
                self._pause()
            except Exception:
                log.exception("worker.lane_trouble", lane=self.name)
                self._pause()
        connection.close()

    def _pause(self) -> None:
        self._is_troubled = True
        connection.close()
        self._stop.wait(_AFTER_TROUBLE)


def run_worker(stop: threading.Event) -> None:
    """Work until `stop` is set; what is being handled then is finished first.

    Several lanes work side by side, so that one slow handler doesn't hold up the rest. The worker gives a
    sign of life only while all of them are well.
    """
    worker = f"{socket.gethostname()}-{os.getpid()}-{new_id()[-6:]}"
    signal = _Signal()
    register_schedules(at=now())
    record_heartbeat(worker=worker, at=now())
    working = [_Lane(f"outbox-{n}", stop, lambda: _empty_outbox(signal)) for n in range(LANES)]
    working.append(_Lane("schedules", stop, lambda: _run_jobs(stop)))
    lanes = [*working, _Lane("beat", stop, lambda: _beat(stop, worker, working))]
    for lane in lanes:
        lane.start()
    log.info("worker.started", worker=worker, lanes=LANES)
    try:
        _listen(stop, signal)
    finally:
        # Without its bell the worker ends as a whole, and is started again from outside.
        stop.set()
        signal.ring()
        for lane in lanes:
            lane.join()
        forget_heartbeat(worker=worker, at=now())
        ports.bell.get().close()
    log.info("worker.stopped", worker=worker)


def _listen(stop: threading.Event, signal: _Signal) -> None:
    pause = POLL_SECONDS.get(connection.vendor, 0.5)
    bell = ports.bell.get()
    while not stop.is_set():
        bell.wait(pause)
        signal.ring()


def _empty_outbox(signal: _Signal) -> None:
    seen = signal.count()
    close_old_connections()
    if not run_due(at=now(), limit=_PASS):
        signal.wait(seen, BEAT_SECONDS)


def _run_jobs(stop: threading.Event) -> None:
    if not stop.wait(SCHEDULE_SECONDS):
        close_old_connections()
        run_due_jobs(at=now())


def _beat(stop: threading.Event, worker: str, lanes: Sequence[_Lane]) -> None:
    if stop.wait(BEAT_SECONDS):
        return
    unwell = [lane.name for lane in lanes if not lane.is_well()]
    if unwell:
        log.error("worker.lanes_down", lanes=unwell)
        return
    close_old_connections()
    record_heartbeat(worker=worker, at=now())
