"""Drawing pages with typst, in one warm subprocess per process of ours.

The subprocess has an empty root folder, no environment, a memory limit and no right to write files. A
page that takes too long costs the subprocess its life; the next page gets a new one. So a bad template
or a bad value may fail one page and can never hang a worker or read a file.
"""

import atexit
import os
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

import pylopdf_fonts_zh_cn
import structlog

from suban.foundation.ports import DocumentTemplate, RenderingError
from suban.kernel.canonical import JSON, canonical_json

log = structlog.get_logger()

PROCESS: Final = Path(__file__).with_name("typst_process.py")
DEBIAN_FONTS: Final = Path("/usr/share/fonts/opentype/noto")
JOBS_PER_PROCESS: Final = 2000  # typst keeps a cache that grows


class ProcessDiedError(RenderingError):
    """The subprocess ended before it answered."""


def font_folders() -> list[str]:
    """Return where the Chinese fonts lie: the packaged ones, else Debian's."""
    packaged = pylopdf_fonts_zh_cn.serif_path()
    return [str(packaged.parent if packaged.exists() else DEBIAN_FONTS)]


@dataclass(slots=True)
class _Drawer:
    """One running subprocess; belongs to the process (`owner`) that started it."""

    process: subprocess.Popen[bytes]
    folder: "tempfile.TemporaryDirectory[str]"
    owner: int
    jobs: int = 0

    @classmethod
    def start(cls, fonts: Sequence[str]) -> "_Drawer":
        folder = tempfile.TemporaryDirectory(prefix="suban-typst-")
        process = subprocess.Popen(  # noqa: S603 - our own script, no shell, nothing of a user in it
            [sys.executable, "-I", str(PROCESS), *fonts],
            cwd=folder.name,
            env={"https_proxy": "http://127.0.0.1:9"},  # templates fetch no packages
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return cls(process=process, folder=folder, owner=os.getpid())

    def draw(self, job: bytes, limit: float) -> tuple[int, bytes]:
        self.jobs += 1
        overdue = threading.Timer(limit, self.process.kill)
        overdue.start()
        try:
            sink, source = self._pipes()
            sink.write(struct.pack("!I", len(job)) + job)
            sink.flush()
            outcome, size = struct.unpack("!BI", _read_exactly(source, 5))
            return outcome, _read_exactly(source, size)
        except BrokenPipeError:
            raise ProcessDiedError("the renderer ended while the job was written") from None
        finally:
            overdue.cancel()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in self._pipes():
            try:
                pipe.close()
            except BrokenPipeError:
                log.debug("renderer.pipe_broken")
        self.folder.cleanup()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self.process.stdin is None or self.process.stdout is None:
            raise ProcessDiedError("the renderer has no pipes")
        return self.process.stdin, self.process.stdout


def _read_exactly(source: IO[bytes], size: int) -> bytes:
    content = source.read(size)
    if len(content) < size:
        raise ProcessDiedError("the renderer ended before it answered")
    return content


class TypstRenderer:
    """Draw with typst; safe to share between threads, and survives a fork."""

    def __init__(self, *, limit: float = 20.0, fonts: Sequence[str] = ()) -> None:
        self._limit = limit
        self._fonts = fonts or font_folders()
        self._lock = threading.Lock()
        self._drawer: _Drawer | None = None
        atexit.register(self.close)

    def render(self, *, template: DocumentTemplate, data: Mapping[str, JSON], at: datetime) -> bytes:
        """Return the PDF (tagged, PDF/A-3a and PDF/UA-1).

        :raises RenderingError: the template refused the data, or the time is over.
        """
        job = canonical_json(
            {
                "source": template.source,
                "data": canonical_json(data).decode(),
                "timestamp": int(at.timestamp()),
            },
        )
        with self._lock:
            outcome, content = self._draw(job)
        if outcome:
            raise RenderingError(f"{template.name} v{template.version}: {content.decode()}")
        return content

    def close(self) -> None:
        """End the subprocess, if this process has one."""
        drawer, self._drawer = self._drawer, None
        if drawer and drawer.owner == os.getpid():
            drawer.stop()

    def _draw(self, job: bytes) -> tuple[int, bytes]:
        drawer = self._warm()
        fresh = drawer.jobs == 0
        try:
            return drawer.draw(job, self._limit)
        except ProcessDiedError:
            self.close()
            log.warning("renderer.died", jobs=drawer.jobs)
            if fresh:  # this very job kills it; a second try would only cost the time again
                raise
        try:
            return self._warm().draw(job, self._limit)
        except ProcessDiedError:
            self.close()
            raise

    def _warm(self) -> _Drawer:
        if self._drawer and self._drawer.jobs >= JOBS_PER_PROCESS:
            self.close()
        if self._drawer is None or self._drawer.owner != os.getpid():
            self._drawer = _Drawer.start(self._fonts)
        return self._drawer
