"""Talking to the site: each role with its own token, every request timed."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx


class JourneyError(Exception):
    """The journey can't go on; the message says at which step and why."""


@dataclass
class Watch:
    """What the machine took: the time of all requests, and of waiting for its worker."""

    seconds: float = 0.0

    def time(self, call: Callable[[], httpx.Response]) -> httpx.Response:
        """Add the time of one request."""
        began = time.monotonic()
        try:
            return call()
        finally:
            self.seconds += time.monotonic() - began


@dataclass
class Site:
    """The site under test."""

    url: str
    watch: Watch = field(default_factory=Watch)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=f"{self.url.rstrip('/')}/api/v1", timeout=30, trust_env=False)

    def sign_in(self, account: dict[str, str], *, company: str = "") -> "Caller":
        """Return a caller with a token of its own."""
        given = {"username": account["username"], "password": account["password"]}
        if company:
            given["on_behalf_of"] = f"company:{company}"
        visitor = Caller(site=self, name=account["username"], token="")
        answer = visitor.post("/session", json=given)
        return Caller(site=self, name=account["username"], token=str(answer["token"]))


@dataclass(frozen=True)
class Caller:
    """Somebody signed in."""

    site: Site
    name: str
    token: str

    def get(self, path: str) -> Any:
        """Return the JSON at `path`."""
        return self._call("GET", path).json()

    def fetch(self, path: str) -> bytes:
        """Return the file at `path`."""
        return self._call("GET", path).content

    def post(self, path: str, **options: Any) -> Any:
        """Post, and return the JSON of the answer, if any."""
        answer = self._call("POST", path, **options)
        return answer.json() if answer.content else None

    def put(self, path: str, **options: Any) -> Any:
        """Put, and return the JSON of the answer, if any."""
        answer = self._call("PUT", path, **options)
        return answer.json() if answer.content else None

    def _call(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {**options.pop("headers", {})}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            answer = self.site.watch.time(
                lambda: self.site.http.request(method, path, headers=headers, **options)
            )
        except httpx.HTTPError as error:
            raise JourneyError(f"{method} {path}: {type(error).__name__} {error}") from error
        if not answer.is_success:
            raise JourneyError(f"{self.name}: {method} {path} → {answer.status_code} {_explain(answer)}")
        return answer


def _explain(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
    except ValueError:
        return answer.text[:300]
    faults = "; ".join(
        f"{fault['where']} {fault['key']}: {fault['message']}" for fault in problem.get("problems", [])
    )
    return f"{problem.get('code')} {problem.get('detail')} {faults}".strip()
