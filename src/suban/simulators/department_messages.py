"""How the played department talks to the site: signed requests, each under a nonce of its own."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from suban.simulators.server import Request

SKEW: Final = timedelta(minutes=5)
FINAL: Final = frozenset({200, 202, 409, 422})
"""Answers after which a message isn't sent again: it was taken, or never will be."""


def sign(*, secret: str, system: str, method: str, path: str, time: str, nonce: str, body: bytes) -> str:
    """Return HMAC-SHA256 over seven lines, in hexadecimal."""
    parts = ("SUBAN1", system, method, path, time, nonce, hashlib.sha256(body).hexdigest())
    return hmac.new(secret.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back: status 0 when nobody answered."""

    status: int
    content: bytes = b""

    def json(self) -> dict[str, Any]:
        """Return the content as an object."""
        try:
            value = json.loads(self.content or b"{}")
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


Transport = Callable[[str, str, bytes, Mapping[str, str]], Answered]
"""Sends (method, path, body, headers) to the site."""


class HttpTransport:
    """The real way: HTTP to the site's address."""

    def __init__(self, site: str) -> None:
        self._site = site.rstrip("/")
        self._client = httpx.Client(timeout=20, trust_env=False)

    def __call__(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        """Send; nobody there is status 0."""
        try:
            answer = self._client.request(method, f"{self._site}{path}", content=body, headers=dict(headers))
        except httpx.HTTPError:
            return Answered(0)
        return Answered(answer.status_code, answer.content)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


class Line:
    """The signed line to the site."""

    def __init__(
        self, transport: Transport, *, system: str, secret: str, clock: Callable[[], datetime]
    ) -> None:
        self._transport, self._clock = transport, clock
        self._system, self._secret = system, secret

    def tell(self, message: Mapping[str, Any]) -> Answered:
        """Send a message."""
        body = json.dumps(message, ensure_ascii=False).encode()
        return self._ask("POST", "/api/departments/messages", body)

    def fetch(self, url: str) -> Answered:
        """Fetch the file of a material."""
        return self._ask("GET", urlsplit(url).path, b"")

    def ask_standing(self, case: str) -> Answered:
        """Ask where a case stands."""
        return self._ask("GET", f"/api/departments/cases/{case}", b"")

    def find_fault(self, request: Request) -> str:
        """Return what is wrong with the signature of a push, or nothing."""
        headers = request.headers
        time, nonce = headers.get("x-suban-timestamp", ""), headers.get("x-suban-nonce", "")
        expected = self._sign(request.method, request.path, time, nonce, request.body)
        if not hmac.compare_digest(headers.get("x-suban-signature", "").encode(), expected.encode()):
            return "签名不正确"
        late = abs(self._clock().timestamp() - int(time) / 1000) if time.isdigit() else None
        return "" if late is not None and late <= SKEW.total_seconds() else "时间超出允许范围"

    def _ask(self, method: str, path: str, body: bytes) -> Answered:
        time, nonce = str(int(self._clock().timestamp() * 1000)), secrets.token_hex(16)
        headers = {
            "Content-Type": "application/json",
            "X-Suban-System": self._system,
            "X-Suban-Timestamp": time,
            "X-Suban-Nonce": nonce,
            "X-Suban-Signature": self._sign(method, path, time, nonce, body),
        }
        return self._transport(method, path, body, headers)

    def _sign(self, method: str, path: str, time: str, nonce: str, body: bytes) -> str:
        return sign(
            secret=self._secret,
            system=self._system,
            method=method,
            path=path,
            time=time,
            nonce=nonce,
            body=body,
        )
