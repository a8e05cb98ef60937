"""People who go on: they try again while the site is away, and remember what it acknowledged."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Self

import httpx

from suban.config.journey.callers import JourneyError, Site
from suban.config.journey.playing import Journey

# Acts that are refused the second time because they are done; whoever was cut off reads it as a yes.
ACTS: Final = ("/submit", "/accept", "/grant", "/dispatch", "/steps/examine", "/confirm")
# Cut off in the middle of a draft, an answer is lost, and the person begins another one (409). A sign-in that
# was cut off counts against the account, which then has to wait (429).
GIVE_UP: Final = (409, 429)
PATIENCE: Final = 90.0


class Stubborn(httpx.BaseTransport):
    """Sends a request again while nobody answers; notes each writing request that was acknowledged."""

    def __init__(self, acknowledged: list[str]) -> None:
        self._inner = httpx.HTTPTransport()
        self._acknowledged = acknowledged

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the first answer."""
        request.read()
        until = time.monotonic() + PATIENCE
        cut_off = False
        while True:
            try:
                answer = self._inner.handle_request(request)
                answer.read()
                answer.close()
            except httpx.TransportError:
                cut_off = True
            else:
                if answer.status_code != 503:
                    return self._take(request, answer, cut_off=cut_off)
                cut_off = True
            if time.monotonic() > until:
                raise httpx.ConnectError("nobody answers any more")
            time.sleep(0.1)

    def close(self) -> None:
        """Close what is open."""
        self._inner.close()

    def _take(self, request: httpx.Request, answer: httpx.Response, *, cut_off: bool) -> httpx.Response:
        path = request.url.path
        if answer.is_success and request.method != "GET":
            self._acknowledged.append(f"{request.method} {path}")
        if cut_off and answer.status_code == 409 and path.endswith(ACTS):
            return httpx.Response(200, json={}, request=request)
        return answer


class Crowd:
    """A few people at once, each playing one journey after the other until told to stop."""

    def __init__(self, url: str, accounts: dict[str, Any], folder: Path, people: int = 2) -> None:
        self.acknowledged: list[str] = []
        self.finished: list[str] = []
        self.given_up: list[str] = []
        self.broken: list[str] = []
        self._stop = threading.Event()
        play = self._player(url, accounts, folder)
        self._threads = [threading.Thread(target=play) for _ in range(people)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _player(self, url: str, accounts: dict[str, Any], folder: Path) -> Callable[[], None]:
        def play() -> None:
            while not self._stop.is_set():
                site = Site(url)
                transport = Stubborn(self.acknowledged)
                site.http = httpx.Client(base_url=f"{url}/api/v1", timeout=20, transport=transport)
                journey = Journey(site=site, accounts=accounts, folder=folder, say=lambda _: None)
                try:
                    self.finished.append(journey.play().case_number)
                except JourneyError as error:
                    known = any(f" {status} " in str(error) for status in GIVE_UP)
                    (self.given_up if known else self.broken).append(str(error))
                finally:
                    site.http.close()

        return play
