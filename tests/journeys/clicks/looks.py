"""How a page looks: axe, the width of a phone, and nothing in the console."""

import re
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

SIZES: Final = ((390, 844), (1440, 900))
RULES: Final = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
# What Chromium itself says when a page answers with an error status, as pages of refusals should.
STATUS_WORDS: Final = re.compile(r"Failed to load resource: the server responded with a status of (4|503)")


@dataclass
class Looks:
    """Looks at each page once at every size, and keeps what is wrong."""

    url: str
    blind: bool = False
    faults: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def watch(self, context: BrowserContext) -> None:
        """Keep what goes wrong in the console, and every request that leaves the site."""
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("request", self._follow)

    def look(self, page: Page, name: str) -> None:
        """Look at the page, once under each `name`; what is wrong is kept for `assert_good`."""
        if self.blind or name in self.seen:
            return
        self.seen.add(name)
        before = page.viewport_size
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            self._look(page, f"{name} at {width}")
        if before:
            page.set_viewport_size(before)

    def assert_good(self) -> None:
        """Fail with everything found so far, and start anew."""
        faults, self.faults[:] = list(self.faults), []
        assert not faults, "\n".join(faults)

    def _look(self, page: Page, where: str) -> None:
        found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
        for one in found:
            nodes = "; ".join(node["html"][:160] for node in one["nodes"][:3])
            self.faults.append(f"axe, {where} ({_path(page.url)}): {one['id']}: {nodes}")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            self.faults.append(f"{where} ({_path(page.url)}): {wide} px wider than the screen")
        if page.locator("h1").count() != 1:
            self.faults.append(f"{where} ({_path(page.url)}): not one h1")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not STATUS_WORDS.search(message.text):
            address = message.page.url if message.page else ""
            self.faults.append(f"console, {_path(address)}: {message.text[:400]}")

    def _follow(self, request: Request) -> None:
        outside = request.url.startswith(("http", "ws")) and not request.url.startswith(self.url)
        if outside:
            self.faults.append(f"asks another site: {request.url[:200]}")


def _path(url: str) -> str:
    return urlsplit(url).path
