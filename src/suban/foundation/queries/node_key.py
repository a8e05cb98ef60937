"""The node's public keys: one file each, named by fingerprint, trusted because an operator keeps them."""

from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.conf import settings

from suban.foundation.rules.evidence import key_fingerprint

PRIVATE: Final = "node.pem"


def keys_folder() -> Path:
    """Return the folder of the node's keys."""
    data: Path = settings.SUBAN.data
    return data / "keys"


def public_key_path(fingerprint: str) -> Path:
    """Return where the public key of this fingerprint is kept."""
    return keys_folder() / f"node-{fingerprint[:16]}.pub"


def find_public_key(fingerprint: str) -> Ed25519PublicKey | None:
    """Return the node's present or former public key of this fingerprint."""
    path = public_key_path(fingerprint)
    if not (fingerprint.isalnum() and path.is_file()):
        return None
    key = load_pem_public_key(path.read_bytes())
    if isinstance(key, Ed25519PublicKey) and key_fingerprint(key) == fingerprint:
        return key
    return None
