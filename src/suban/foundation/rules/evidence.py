"""Bytes, digests and signatures of the evidence chain.

An event is its canonical JSON text. Its digest is SHA-256 over the 32 bytes of the digest before it
and its own bytes, so that no event can be changed, dropped or moved without changing all after it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from suban.foundation.types import FaultKind
from suban.kernel.canonical import JSON, canonical_json

HASH: Final = "sha256:"
SIGNATURE: Final = "ed25519:"


def instant_text(at: datetime) -> str:
    """Return an instant as UTC text with microseconds, in one spelling only.

    :raises ValueError: `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone can't be recorded")
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def chain_digest(previous: str, body: str) -> str:
    """Return the digest of `body` after `previous`.

    :raises ValueError: `previous` isn't a SHA-256 digest.
    """
    return HASH + hashlib.sha256(_digest_bytes(previous) + body.encode()).hexdigest()


def canonical_text(value: JSON) -> str:
    """Return `value` as canonical JSON text: what is stored, and hashed as these very bytes."""
    return canonical_json(value).decode()


def find_event_faults(
    columns: Mapping[str, Any], body: str, *, digest: str, previous: str | None
) -> Iterator[tuple[FaultKind, str]]:
    """Yield what is wrong with a stored event; `previous` is unknown (None) after a gap."""
    if previous is not None and not follows(previous, body, digest):
        yield FaultKind.ALTERED_EVENT, "the digest doesn't follow from the event before it"
    recorded = parse_object(body)
    if recorded is None:
        yield FaultKind.ALTERED_EVENT, "the body isn't a JSON object"
        return
    for name, value in columns.items():
        if recorded.get(name) != value:
            yield FaultKind.ALTERED_COLUMN, f"column {name} differs from the recorded body"


def sign(key: Ed25519PrivateKey, body: str) -> str:
    """Return the named signature of `body`."""
    return SIGNATURE + key.sign(body.encode()).hex()


def is_signed_by(key: Ed25519PublicKey, body: str, signature: str) -> bool:
    """Tell whether `signature` is the key's signature of `body`."""
    try:
        key.verify(bytes.fromhex(signature.removeprefix(SIGNATURE)), body.encode())
    except (InvalidSignature, ValueError):
        return False
    return signature.startswith(SIGNATURE)


def key_fingerprint(key: Ed25519PublicKey) -> str:
    """Return the name under which a public key is kept."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def follows(previous: str, body: str, digest: str) -> bool:
    """Tell whether `digest` is that of `body` after `previous`."""
    try:
        return chain_digest(previous, body) == digest
    except ValueError:
        return False


def parse_object(body: str) -> dict[str, Any] | None:
    """Return the JSON object in `body`; None when it holds none."""
    try:
        parsed = json.loads(body)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None


class Coverage:
    """The running count and digest of the rows that a checkpoint signs, row by row."""

    def __init__(self) -> None:
        self.count = 0
        self._hash = hashlib.sha256()

    def add(self, row: str) -> None:
        """Take one row in; rows never hold a line feed, so that they can't run into each other."""
        self._hash.update(row.encode() + b"\n")
        self.count += 1

    def span(self, *, after: int, until: int) -> dict[str, Any]:
        """Return the part of a checkpoint's body that says what it covers."""
        return {
            "after": after,
            "until": until,
            "count": self.count,
            "digest": HASH + self._hash.hexdigest(),
        }


def _digest_bytes(text: str) -> bytes:
    raw = bytes.fromhex(text.removeprefix(HASH))
    if not text.startswith(HASH) or len(raw) != hashlib.sha256().digest_size:
        raise ValueError(f"not a SHA-256 digest: {text}")
    return raw
