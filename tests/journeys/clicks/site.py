"""A site of its own: the real processes (web, worker, simulators) on a fresh demo, on a free port."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PATIENCE: Final = 90.0


@dataclass(frozen=True, slots=True)
class Site:
    """Where the site is, and who may sign in."""

    url: str
    accounts: dict[str, Any]
    data: Path

    def account(self, role: str) -> tuple[str, str]:
        """Return user name and password of a role."""
        account = self.accounts[role]
        return account["username"], account["password"]


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """Load the demo into `folder`, serve it, and stop everything at the end."""
    port = _free_port()
    environment = os.environ | {"SUBAN_DATA": str(folder), "SUBAN_DEMO": "1", "PORT": str(port)}
    for name in ("DJANGO_SETTINGS_MODULE", "SUBAN_DATABASE_URL"):
        environment.pop(name, None)
    _run(environment, folder, "migrate")
    _run(environment, folder, "demo", "load")
    accounts = json.loads((folder / "demo" / "accounts.json").read_text(encoding="utf-8"))
    url = f"http://127.0.0.1:{port}"
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            [*_suban(), "serve"],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            _wait(server, url, folder / "serve.log")
            yield Site(url, accounts, folder)
        finally:
            server.terminate()
            server.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _suban() -> list[str]:
    return [sys.executable, "-m", "suban.config.cli"]


def _run(environment: dict[str, str], folder: Path, *arguments: str) -> None:
    done = subprocess.run(
        [*_suban(), *arguments], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"suban {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}"


def _wait(server: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"the site did not become ready:\n{log.read_text(errors='replace')[-3000:]}")
