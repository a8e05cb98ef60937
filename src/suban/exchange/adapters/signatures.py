"""The signature of the national exchange platform (国家数据共享交换平台), from the caller's side."""

import base64
import hashlib
import hmac
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE: Final = 12


class UnreadableSecretError(Exception):
    """The platform's secret doesn't open with our app key."""


def sign_call(*, service: str, requester: str, time: str, secret: str) -> str:
    """Return `gjgxjhpt_sign`: Base64(HMAC-SHA256(sid + rid + rtime, secret))."""
    mac = hmac.new(secret.encode(), f"{service}{requester}{time}".encode(), hashlib.sha256)
    return base64.b64encode(mac.digest()).decode("ascii")


def signed_headers(*, service: str, requester: str, milliseconds: int, secret: str) -> dict[str, str]:
    """Return the four headers of a call."""
    time = str(milliseconds)
    return {
        "gjgxjhpt_rid": requester,
        "gjgxjhpt_sid": service,
        "gjgxjhpt_rtime": time,
        "gjgxjhpt_sign": sign_call(service=service, requester=requester, time=time, secret=secret),
    }


def unwrap_secret(wrapped: str, *, app_key: str, service: str, requester: str) -> str:
    """Return the secret of a service that the platform encrypted for us.

    :raises UnreadableSecretError: it isn't for us, or was damaged on the way.
    """
    key = hashlib.sha256(app_key.encode()).digest()
    try:
        sealed = base64.b64decode(wrapped, validate=True)
        opened = AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], f"{service}{requester}".encode())
        return opened.decode()
    except (ValueError, InvalidTag) as error:
        raise UnreadableSecretError from error
