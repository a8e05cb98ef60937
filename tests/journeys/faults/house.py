"""A site whose web and worker can be killed one by one, and are started again at once."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.journeys.clicks.site import _free_port, _run

from suban.config.cli.processes import Child, is_ready

# Prints the processes of `suban serve` for an environment: simulators first, then worker and web.
PLAN = """
import json, os
from suban.config.cli.serving import _plan_simulators, _plan_web, _plan_worker
from suban.config.environment import environment
env = environment()
children = [*_plan_simulators(env), _plan_worker(), _plan_web(env)]
print(json.dumps({"children": [[c.name, c.command] for c in children], "env": dict(os.environ)}))
"""


@dataclass
class House:
    """The processes of one installation."""

    url: str
    data: Path
    environment: dict[str, str]
    accounts: dict[str, Any]
    children: dict[str, Child] = field(default_factory=dict)
    killed: int = 0

    def kill(self, name: str) -> None:
        """End a process as a power cut would, with all that it started, and start it again."""
        child = self.children[name]
        assert child.process is not None
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()
        self.killed += 1
        child.start()

    def kill_at_random(self, times: int, chance: random.Random) -> None:
        """Kill web, worker or both, each time at a chance moment after all are ready."""
        for _ in range(times):
            self.wait_until_ready()
            time.sleep(chance.uniform(0.0, 1.0))
            for name in chance.choice((("web",), ("worker",), ("web", "worker"))):
                self.kill(name)

    def wait_until_ready(self) -> None:
        """Wait until web and worker say that they serve."""
        until = time.monotonic() + 60
        while not is_ready(self.url):
            assert time.monotonic() < until, "the site didn't come back"
            time.sleep(0.05)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of ours on this installation."""
        command = [sys.executable, *arguments]
        return subprocess.run(
            command,
            env=self.environment,
            cwd=self.data,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@contextmanager
def open_house(folder: Path, database_url: str) -> Iterator[House]:
    """Load the demo into `folder` and `database_url`, start everything, and end it afterwards."""
    port = _free_port()
    environment = os.environ | {
        "SUBAN_DATA": str(folder),
        "SUBAN_DEMO": "1",
        "PORT": str(port),
        "SUBAN_DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "suban.config.settings",
    }
    _run(environment, folder, "migrate")
    _run(environment, folder, "demo", "load")
    command = [sys.executable, "-c", PLAN]
    planned = json.loads(
        subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=True).stdout
    )
    accounts = json.loads((folder / "demo" / "accounts.json").read_text(encoding="utf-8"))
    house = House(f"http://127.0.0.1:{port}", folder, planned["env"], accounts)
    before = dict(os.environ)
    os.environ.update(planned["env"])
    try:
        for name, arguments in planned["children"]:
            house.children[name] = Child(name, tuple(arguments))
            house.children[name].start()
        house.wait_until_ready()
        yield house
    finally:
        for child in house.children.values():
            if child.process is not None and child.is_running():
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait()
        os.environ.clear()
        os.environ.update(before)
