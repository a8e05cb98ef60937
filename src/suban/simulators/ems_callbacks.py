"""How the played carrier sends its callbacks: signed anew each time, and again until acknowledged."""

import hashlib
import heapq
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import httpx

RETRY_PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0)
PROMPT_PAUSES: Final = (0.1, 0.2, 0.4, 0.8)
ACKNOWLEDGED: Final = range(200, 300)


def sign_message(*, secret: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Return HMAC-SHA256 over timestamp, nonce and body, a line each, in hexadecimal."""
    content = f"{timestamp}\n{nonce}\n".encode() + body
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()


class CallbackSender:
    """Posts events to the site; what failed is tried again with growing pauses."""

    def __init__(self, *, url: str, secret: str, clock: Callable[[], datetime]) -> None:
        self.url = url
        self._secret = secret
        self._clock = clock
        self._client = httpx.Client(timeout=10, trust_env=False)

    def send(self, event: Mapping[str, Any]) -> int:
        """Post `event` once; return the status of the answer, 0 when nobody answered."""
        body = json.dumps(event, ensure_ascii=False).encode()
        timestamp, nonce = str(int(self._clock().timestamp() * 1000)), secrets.token_hex(16)
        headers = {
            "Content-Type": "application/json",
            "X-Ems-Timestamp": timestamp,
            "X-Ems-Nonce": nonce,
            "X-Ems-Signature": sign_message(secret=self._secret, timestamp=timestamp, nonce=nonce, body=body),
        }
        try:
            return self._client.post(self.url, content=body, headers=headers).status_code
        except httpx.HTTPError:
            return 0

    def send_promptly(self, event: Mapping[str, Any]) -> int:
        """Post `event`, a few times within two seconds if need be; return the last status."""
        status = self.send(event)
        for pause in PROMPT_PAUSES:
            if status in ACKNOWLEDGED:
                break
            time.sleep(pause)
            status = self.send(event)
        return status

    def close(self) -> None:
        """Close the connections kept for the next callback."""
        self._client.close()


class Agenda:
    """Does things later, one after the other, in one thread of its own."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        """Do `action` once `seconds` have passed."""
        with self._changed:
            self._count += 1
            heapq.heappush(self._heap, (time.monotonic() + seconds, self._count, action))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="ems-agenda")
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """Do nothing more; what is being done is finished first."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        action = self._next()
        while action is not None:
            action()
            action = self._next()

    def _next(self) -> Callable[[], None] | None:
        with self._changed:
            while not self._is_closed:
                wait = self._heap[0][0] - time.monotonic() if self._heap else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._heap)[2]
                self._changed.wait(wait)
        return None
