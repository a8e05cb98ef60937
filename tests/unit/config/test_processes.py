"""Children that die are started again, with growing pauses, and all end with their supervisor."""

import sys
import time

from suban.config.cli.processes import Child, is_ready


def sleeping() -> Child:
    return Child("sleeper", (sys.executable, "-c", "import time; time.sleep(60)"))


def test_a_dead_child_is_started_again_after_a_pause() -> None:
    child = Child("short", (sys.executable, "-c", ""))
    child.start()
    assert child.process is not None
    child.process.wait(10)
    first, now = child.process, time.monotonic()

    child.look_after(now)
    assert child.process is first
    child.look_after(now + 1.1)

    assert child.process is not first
    assert child.pause == 2.0
    child.process.wait(10)


def test_a_living_child_is_left_alone_and_ends_when_asked() -> None:
    child = sleeping()
    child.start()
    process = child.process

    child.look_after(time.monotonic())
    assert child.process is process
    child.stop()
    child.wait(time.monotonic() + 10)

    assert not child.is_running()


def test_a_child_that_does_not_listen_is_killed() -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    child = Child("deaf", (sys.executable, "-c", deaf))
    child.start()
    time.sleep(0.5)

    child.stop()
    child.wait(time.monotonic())

    assert not child.is_running()


def test_a_site_that_is_not_there_is_not_ready() -> None:
    assert not is_ready("http://127.0.0.1:1")
