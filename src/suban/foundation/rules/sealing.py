"""How personal text is sealed: AES-256-GCM under a data key per subject.

    sealed = version (1 byte) | key id (8) | nonce (12) | ciphertext and tag

The subject is associated data, so that a sealed field copied into another person's row doesn't open.
Everything made from the master key is derived with HKDF under its own label: the key that wraps data
keys and the key of blind indexes never meet.
"""

import hashlib
import hmac
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from suban.foundation.errors import SealBrokenError

VERSION: Final = 1
BLIND_INDEX_VERSION: Final = "v1"
KEY_BYTES: Final = 32
KEY_ID_BYTES: Final = 8
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_HEAD_BYTES: Final = 1 + KEY_ID_BYTES
_BROKEN: Final = (
    "密文无法解开：内容被改动、不属于该主体，或主密钥不符。请检查 SUBAN_MASTER_KEY 与备份是否一致。"
)


def derive_key(master: bytes, label: str) -> bytes:
    """Return the key that `master` gives for the purpose `label`."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"suban {label}".encode()).derive(
        master
    )


def new_key() -> bytes:
    """Return a fresh random data key."""
    return secrets.token_bytes(KEY_BYTES)


def new_key_id() -> str:
    """Return a fresh name for a data key, as hex digits."""
    return secrets.token_hex(KEY_ID_BYTES)


def seal_bytes(*, key: bytes, key_id: str, subject: str, plain: bytes) -> bytes:
    """Return `plain` sealed for `subject`."""
    head = bytes([VERSION]) + bytes.fromhex(key_id)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return head + nonce + AESGCM(key).encrypt(nonce, plain, head + subject.encode())


def unseal_bytes(*, key: bytes, key_id: str, subject: str, sealed: bytes) -> bytes:
    """Return what was sealed for `subject`.

    :raises SealBrokenError: it was altered, belongs to another subject or to another key.
    """
    head, rest = sealed[:_HEAD_BYTES], sealed[_HEAD_BYTES:]
    if head != bytes([VERSION]) + bytes.fromhex(key_id) or len(rest) < _NONCE_BYTES + _TAG_BYTES:
        raise SealBrokenError(_BROKEN)
    try:
        return AESGCM(key).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], head + subject.encode())
    except InvalidTag:
        raise SealBrokenError(_BROKEN) from None


def keyed_index(*, key: bytes, kind: str, value: str) -> str:
    """Return the blind index of `value`: equal values of a kind are found, nothing is read from it."""
    mac = hmac.new(key, f"{kind}\0{value}".encode(), hashlib.sha256)
    return f"{BLIND_INDEX_VERSION}:{mac.hexdigest()}"
