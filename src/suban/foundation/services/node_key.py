"""The Ed25519 key with which this node signs its checkpoints (and later its relay to other nodes).

The private key is a file of mode 0600; the public one lies beside it under its fingerprint and stays
there when the key is replaced, so that old checkpoints can still be checked.
"""

import contextlib
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from suban.foundation.errors import NodeKeyExistsError, NodeKeyMissingError
from suban.foundation.queries.node_key import PRIVATE, keys_folder, public_key_path
from suban.foundation.rules.evidence import key_fingerprint


def get_node_key() -> Ed25519PrivateKey:
    """Return the node's key; demo mode makes one at first use.

    :raises NodeKeyMissingError: there is none and this isn't a demo.
    """
    path = keys_folder() / PRIVATE
    if not path.exists():
        if not settings.SUBAN.demo:
            raise NodeKeyMissingError
        with contextlib.suppress(NodeKeyExistsError):
            create_node_key()
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise NodeKeyMissingError
    _keep_public_key(key)
    return key


def create_node_key() -> str:
    """Make the node's key, once; return the fingerprint of its public half.

    :raises NodeKeyExistsError: the node has one.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    folder = keys_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not _place(folder / PRIVATE, pem):
        raise NodeKeyExistsError
    _keep_public_key(key)
    return key_fingerprint(key.public_key())


def _keep_public_key(key: Ed25519PrivateKey) -> None:
    public = key.public_key()
    path = public_key_path(key_fingerprint(public))
    if not path.exists():
        _place(path, public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def _place(path: Path, content: bytes) -> bool:
    """Write the file as a whole; tell whether we were the first (site and worker start together)."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        return False
    finally:
        fresh.unlink()
    return True
