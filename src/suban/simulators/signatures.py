"""How callers sign what they send: the exchange platform's headers, and signed bodies.

The exchange platform signs three header values with the secret of the service called. The SMS
gateway (and whoever else carries facts in a body) signs the body's digest too.
"""

import base64
import hashlib
import hmac
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CLOCK_SKEW: Final = timedelta(minutes=5)


def sign_call(*, service: str, requester: str, time: str, secret: str) -> str:
    """Return `gjgxjhpt_sign`: Base64(HMAC-SHA256(sid + rid + rtime, secret))."""
    return _sign(f"{service}{requester}{time}".encode(), secret)


def sign_body(*, sender: str, time: str, nonce: str, body: bytes, secret: str) -> str:
    """Return the signature of a body: Base64(HMAC-SHA256(sender, time, nonce, SHA-256 of the body))."""
    lines = "\n".join((sender, time, nonce, hashlib.sha256(body).hexdigest()))
    return _sign(lines.encode(), secret)


def _sign(content: bytes, secret: str) -> str:
    return base64.b64encode(hmac.new(secret.encode(), content, hashlib.sha256).digest()).decode()


def is_signed_by(secrets: Iterable[str], signature: str, sign: Callable[[str], str]) -> bool:
    """Tell whether `signature` is what `sign` gives for one of `secrets`."""
    given = signature.encode()
    return any(hmac.compare_digest(sign(secret).encode(), given) for secret in secrets)


def wrap_secret(secret: str, *, app_key: str, service: str, requester: str) -> str:
    """Return `secret` encrypted for the owner of `app_key`: as Base64(nonce + AES-256-GCM)."""
    nonce = os.urandom(12)
    key = hashlib.sha256(app_key.encode()).digest()
    sealed = AESGCM(key).encrypt(nonce, secret.encode(), f"{service}{requester}".encode())
    return base64.b64encode(nonce + sealed).decode()


class Guard:
    """Refuses what comes too early, too late, or twice."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._seen: dict[tuple[str, ...], datetime] = {}
        self._lock = threading.Lock()

    def is_timely(self, milliseconds: str) -> bool:
        """Tell whether the time given lies within the clock skew of this machine's."""
        if not milliseconds.isascii() or not milliseconds.isdigit() or len(milliseconds) > 15:
            return False
        return abs(self._clock().timestamp() - int(milliseconds) / 1000) <= CLOCK_SKEW.total_seconds()

    def is_first(self, *call: str) -> bool:
        """Tell whether this call was never seen; remembers it as long as its time would be accepted."""
        at = self._clock()
        with self._lock:
            for old in [key for key, seen in self._seen.items() if at - seen > 2 * CLOCK_SKEW]:
                del self._seen[old]
            if call in self._seen:
                return False
            self._seen[call] = at
            return True


def header(headers: Mapping[str, str], name: str) -> str:
    """Return a header's value, or the empty text."""
    return headers.get(name.lower(), "")
