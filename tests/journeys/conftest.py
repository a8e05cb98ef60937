"""A site of its own for the journeys: demo data, worker and simulators, and Debian's Chromium to look at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

PATIENCE: Final = 90.0
WIDTHS: Final = {390: 844, 1440: 900}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running site with the demo's data."""
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"SUBAN_DATA": str(folder), "SUBAN_DEMO": "1", "PORT": str(port)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    _run(environment, folder, "migrate")
    if "demo" in _run(environment, folder, "--help"):
        _run(environment, folder, "demo", "load")
    log = (folder / "serve.log").open("wb")
    server = subprocess.Popen(
        [*_suban(), "serve"], env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
    )
    try:
        _wait(server, f"http://127.0.0.1:{port}", folder / "serve.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)
        log.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the machine's own Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "no Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=sorted(WIDTHS), ids=lambda width: f"{width}px")
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """Return an empty page, once as wide as a phone and once as a desk."""
    context = chromium.new_context(
        viewport={"width": request.param, "height": WIDTHS[request.param]}, locale="zh-CN"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Return a check that axe finds nothing on a page."""

    def check(page: Page) -> None:
        found: list[dict[str, Any]] = Axe().run(page).response["violations"]
        words = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
        assert not found, "\n".join([page.url, *words])

    return check


def _suban() -> list[str]:
    return [sys.executable, "-m", "suban.config.cli"]


def _run(environment: dict[str, str], folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*_suban(), *arguments], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"suban {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


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
