"""A bell of named pipes: whoever publishes wakes the workers of this machine within milliseconds.

Each listener has a pipe in the folder `run` of the data folder; ringing writes a byte to each of them.
Pipes and not sockets, because a socket's path may only be 108 bytes long.
"""

import contextlib
import os
import select
import time
from pathlib import Path
from typing import Final

from suban.foundation.ports import Bell
from suban.kernel.references import new_id

_FRESH_SECONDS: Final = 5


class PipeBell(Bell):
    """Rings all listeners in a folder; listens itself from the first `wait` on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pipe: Path | None = None
        self._descriptor = -1

    def ring(self) -> None:
        """Write a byte to every listener's pipe; one that nobody reads any more is removed."""
        with contextlib.suppress(OSError):
            for pipe in self._folder.glob("wake-*"):
                _ring_one(pipe)

    def wait(self, seconds: float) -> bool:
        """Wait for a ring, `seconds` at most; tell whether it rang."""
        if self._pipe is None:
            self._listen()
        ready, _, _ = select.select([self._descriptor], [], [], seconds)
        if ready:
            with contextlib.suppress(BlockingIOError):
                os.read(self._descriptor, 4096)
        return bool(ready)

    def close(self) -> None:
        """Stop listening and remove the pipe."""
        if self._pipe is not None:
            self._pipe.unlink(missing_ok=True)
            os.close(self._descriptor)
            self._pipe, self._descriptor = None, -1

    def _listen(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._pipe = self._folder / f"wake-{new_id()}"
        os.mkfifo(self._pipe, mode=0o600)
        # Opened for writing too: otherwise the pipe reads as ended whenever the last publisher closes it.
        self._descriptor = os.open(self._pipe, os.O_RDWR | os.O_NONBLOCK)


def _ring_one(pipe: Path) -> None:
    try:
        descriptor = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        # No reader: a worker was killed. It may also be starting: a fresh pipe is left alone.
        if pipe.stat().st_mtime < time.time() - _FRESH_SECONDS:
            pipe.unlink(missing_ok=True)
        return
    try:
        os.write(descriptor, b"!")
    except BlockingIOError:
        pass  # full of rings that were not heard yet
    finally:
        os.close(descriptor)
