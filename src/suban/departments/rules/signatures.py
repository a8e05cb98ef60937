"""How requests between Suban and a department's system are signed, in both directions alike.

HMAC-SHA256 over seven lines: the word `SUBAN1`, system, method, path, time, nonce, SHA-256 of the body.
Method and path are in it so that a signed request is good for nothing but itself.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from suban.departments.errors import FalseSignatureError, StaleRequestError
from suban.departments.types import Call

WINDOW: Final = timedelta(minutes=5)
VERSION: Final = "SUBAN1"
NONCE: Final = re.compile(r"[0-9A-Za-z_-]{16,64}")
_TIME: Final = re.compile(r"[0-9]{1,15}")
SYSTEM_HEADER: Final = "X-Suban-System"
TIME_HEADER: Final = "X-Suban-Timestamp"
NONCE_HEADER: Final = "X-Suban-Nonce"
SIGNATURE_HEADER: Final = "X-Suban-Signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What the headers of a request say of its signature."""

    system: str
    time: str
    nonce: str
    signature: str


def sign(call: Call, *, system: str, time: str, nonce: str, secret: str) -> str:
    """Return the signature of `call` as lower-case hex."""
    body = hashlib.sha256(call.body).hexdigest()
    lines = f"{VERSION}\n{system}\n{call.method.upper()}\n{call.path}\n{time}\n{nonce}\n{body}"
    return hmac.new(secret.encode(), lines.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def signed_headers(call: Call, *, system: str, secret: str, nonce: str, at: datetime) -> dict[str, str]:
    """Return the headers under which `call` leaves."""
    time = str(int(at.timestamp() * 1000))
    return {
        SYSTEM_HEADER: system,
        TIME_HEADER: time,
        NONCE_HEADER: nonce,
        SIGNATURE_HEADER: sign(call, system=system, time=time, nonce=nonce, secret=secret),
    }


def read_headers(headers: Mapping[str, str]) -> Signed:
    """Return what the headers say; a missing one is empty and fits no signature."""
    given = {name.lower(): value for name, value in headers.items()}
    return Signed(
        system=given.get(SYSTEM_HEADER.lower(), ""),
        time=given.get(TIME_HEADER.lower(), ""),
        nonce=given.get(NONCE_HEADER.lower(), ""),
        signature=given.get(SIGNATURE_HEADER.lower(), ""),
    )


def check_signature(call: Call, signed: Signed, *, secrets: Iterable[str], at: datetime) -> None:
    """Let only what one of `secrets` signed within the window through; compared in constant time.

    :raises FalseSignatureError: nobody who knows a secret signed this.
    :raises StaleRequestError: it was signed too long ago, or ahead of time.
    """
    given = signed.signature.encode("utf-8", "replace")
    good = False
    for secret in secrets:
        expected = sign(call, system=signed.system, time=signed.time, nonce=signed.nonce, secret=secret)
        good |= hmac.compare_digest(given, expected.encode())
    if not (good and NONCE.fullmatch(signed.nonce) and _TIME.fullmatch(signed.time)):
        raise FalseSignatureError("签名不正确，请核对系统编号、密钥和签名的算法。")
    if abs(at.timestamp() - int(signed.time) / 1000) > WINDOW.total_seconds():
        raise StaleRequestError("请求时间与本系统相差超过 5 分钟，请校准时钟后重新签名。")
