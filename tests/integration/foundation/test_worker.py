"""Workers as processes on a database of their own: killed, woken, side by side."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent

import pytest

PRELUDE = """
import os, sys, threading, time, json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import ClassVar
import django
django.setup()
from suban.foundation import tasks
from suban.foundation.models import Delivery
from suban.foundation.rules.delays import LEASE
from suban.foundation.services.outbox import publish, run_due
from suban.foundation.services.subscriptions import subscribe
from suban.foundation.services.transactions import transaction
from suban.kernel.clock import now
from suban.kernel.messages import Message

@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit(Message):
    topic: ClassVar[str] = "tests.lamp_lit"
    lamp: int

log = Path(os.environ["SUBAN_DATA"]) / "log"
def note(line):
    with log.open("a") as opened:
        opened.write(f"{line}\\n")
"""


@pytest.fixture
def site(tmp_path: Path) -> dict[str, str]:
    env = os.environ | {
        "SUBAN_DEMO": "1",
        "SUBAN_DATA": str(tmp_path),
        "SUBAN_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "suban.config.settings",
    }
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"], env=env, check=True, timeout=120
    )
    return env


def start(script: str, env: dict[str, str]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", PRELUDE + dedent(script)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)


def run(script: str, env: dict[str, str]) -> str:
    with start(script, env) as process:
        output = process.communicate(timeout=60)[0]
    assert process.returncode == 0
    return output


def log_of(env: dict[str, str]) -> list[str]:
    log = Path(env["SUBAN_DATA"]) / "log"
    return log.read_text().split() if log.exists() else []


def test_what_a_killed_worker_was_doing_is_done_by_another_once(site: dict[str, str]) -> None:
    slow = """
        def light(message, at):
            note("started")
            time.sleep(60)
        subscribe(LampLit, "tests.light", light)
        with transaction():
            publish(LampLit(lamp=1))
        run_due(at=now())
        """
    with start(slow, site) as killed:
        until = time.monotonic() + 30
        while log_of(site) != ["started"] and time.monotonic() < until:
            time.sleep(0.02)
        killed.send_signal(signal.SIGKILL)
        killed.communicate(timeout=10)

    passes = run(
        """
        subscribe(LampLit, "tests.light", lambda message, at: note("done"))
        later = now() + LEASE + timedelta(seconds=1)
        print(json.dumps([run_due(at=now()), run_due(at=later), run_due(at=later)]))
        """,
        site,
    )

    assert json.loads(passes.splitlines()[-1]) == [0, 1, 0]
    assert log_of(site) == ["started", "done"]


def test_a_published_message_wakes_the_worker_and_each_is_handled_once(site: dict[str, str]) -> None:
    output = run(
        """
        tasks.POLL_SECONDS = {"sqlite": 30.0}  # only the bell can be faster
        subscribe(LampLit, "tests.light", lambda message, at: note(message.lamp))
        stop = threading.Event()
        worker = threading.Thread(target=tasks.run_worker, args=(stop,))
        worker.start()
        time.sleep(1.0)
        began = time.monotonic()
        for lamp in range(20):
            with transaction():
                publish(LampLit(lamp=lamp))
        while Delivery.objects.exclude(state="done").exists() and time.monotonic() < began + 20:
            time.sleep(0.01)
        took = time.monotonic() - began
        stop.set()
        from suban.foundation import ports
        ports.bell.get().ring()
        worker.join()
        from suban.foundation.queries.outbox import find_last_heartbeat
        print(json.dumps({"took": took, "beat_after_stop": find_last_heartbeat() is not None}))
        """,
        site,
    )

    result = json.loads(output.splitlines()[-1])
    assert result["took"] < 10
    assert not result["beat_after_stop"]
    assert sorted(log_of(site), key=int) == [str(lamp) for lamp in range(20)]


def test_a_fault_in_a_lane_is_told_and_the_lane_goes_on(
    site: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    output = run(
        """
        tasks._AFTER_TROUBLE = 0.05
        tasks.BEAT_SECONDS = tasks.SCHEDULE_SECONDS = 0.05
        from suban.foundation.queries.outbox import find_last_heartbeat

        def beats():
            before = find_last_heartbeat()
            time.sleep(1.0)
            return find_last_heartbeat() != before

        faulty = threading.Event()
        faulty.set()
        def jobs(at):
            note("tried")
            if faulty.is_set():
                raise TypeError("nobody thought of this")
        tasks.run_due_jobs = jobs
        stop = threading.Event()
        worker = threading.Thread(target=tasks.run_worker, args=(stop,))
        worker.start()
        time.sleep(1.0)
        while_faulty = beats()
        faulty.clear()
        time.sleep(0.5)
        mended = beats()
        stop.set()
        worker.join()
        print(json.dumps({"while_faulty": while_faulty, "mended": mended}))
        """,
        site,
    )

    assert json.loads(output.splitlines()[-1]) == {"while_faulty": False, "mended": True}
    assert len(log_of(site)) > 3
    told = capfd.readouterr().err
    assert "worker.lane_trouble" in told
    assert "nobody thought of this" in told
