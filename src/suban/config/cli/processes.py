"""Keeping a handful of child processes alive: started together, restarted when they die, stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Final

_TICK: Final = 0.2
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 30.0
_STEADY: Final = 60.0
_STOP_SECONDS: Final = 15.0
_PR_SET_PDEATHSIG: Final = 1


@dataclass
class Child:
    """A program that should be running."""

    name: str
    command: tuple[str, ...]
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    started_at: float = 0.0
    pause: float = _FIRST_PAUSE
    restart_at: float = 0.0

    def start(self) -> None:
        """Start it; it dies with this process even if this process is killed."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own programs
            self.command,
            # A session of its own: Ctrl-C reaches the supervisor only, which stops the children in order.
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - no threads are running when children start
        )

    def is_running(self) -> bool:
        """Tell whether it runs."""
        return self.process is not None and self.process.poll() is None

    def look_after(self, now: float) -> None:
        """Start it again when it died, with pauses that grow while it keeps dying."""
        if self.process is None or self.is_running():
            return
        if not self.restart_at:
            if now - self.started_at > _STEADY:
                self.pause = _FIRST_PAUSE
            self.restart_at = now + self.pause
            print(
                f"{self.name} ended ({self.process.returncode}); starting it again in {self.pause:.0f} s",
                file=sys.stderr,
                flush=True,
            )
            self.pause = min(self.pause * 2, _LONGEST_PAUSE)
        elif now >= self.restart_at:
            self.restart_at = 0.0
            self.start()

    def stop(self) -> None:
        """Ask it to end."""
        if self.process is not None and self.is_running():
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait for its end; at `until` it is killed."""
        if self.process is None:
            return
        try:
            self.process.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def supervise(children: list[Child], *, url: str) -> int:
    """Run `children` until SIGTERM or SIGINT, and say once when the site at `url` is ready."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    for child in children:
        child.start()
    try:
        _keep_alive(children, stop, url)
    finally:
        _stop_all(children)
    return 0


def _keep_alive(children: list[Child], stop: threading.Event, url: str) -> None:
    announced = False
    while not stop.wait(_TICK):
        now = time.monotonic()
        for child in children:
            child.look_after(now)
        if not announced and is_ready(url):
            announced = True
            print(f"速办已就绪 (ready): {url}", flush=True)


def is_ready(url: str) -> bool:
    """Tell whether the site at `url` says that it and its worker are ready."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=1) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _stop_all(children: list[Child]) -> None:
    # The site first, so that nothing new comes in while the worker finishes.
    until = time.monotonic() + _STOP_SECONDS
    for child in reversed(children):
        child.stop()
    for child in reversed(children):
        child.wait(until)


def _die_with_parent() -> None:
    # Linux only: without it a killed supervisor would leave the port taken by an orphan.
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if parent == 1:
            os._exit(1)
