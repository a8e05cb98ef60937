"""Canonical JSON (RFC 8785) and named digests: the same facts always give the same bytes."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

JSON: TypeAlias = "str | int | float | bool | Sequence[JSON] | Mapping[str, JSON] | None"


def canonical_json(value: JSON) -> bytes:
    """Return the RFC 8785 bytes of `value`.

    :raises ValueError: something in `value` has no JSON form.
    """
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise ValueError(str(error)) from error


def digest(content: bytes) -> str:
    """Return the digest of `content` with its algorithm named, as `sha256:<hex>`."""
    return "sha256:" + hashlib.sha256(content).hexdigest()
