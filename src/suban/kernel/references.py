"""Typed reference strings: how contexts and nodes name each other's things.

A reference is `kind:value`, for example `case:JS3211-2017-0000123-3`. Inside the database rows have
bigint keys that are never shown; across borders only references travel.
"""

from typing import Final, NewType

import uuid_utils

Ref = NewType("Ref", str)

KINDS: Final = frozenset(
    {
        "person",
        "company",
        "organ",
        "staff",
        "system",
        "case",
        "licence",
        "parcel",
        "file",
        "matter",
        "notice",
    },
)


def make_ref(kind: str, value: str) -> Ref:
    """Return the reference to `value` of `kind`.

    :raises ValueError: the kind is unknown or the value is empty or holds a space.
    """
    if kind not in KINDS or not value or any(c.isspace() for c in value):
        raise ValueError(f"not a reference: {kind}:{value}")
    return Ref(f"{kind}:{value}")


def split_ref(ref: str) -> tuple[str, str]:
    """Return kind and value of a reference.

    :raises ValueError: `ref` isn't one.
    """
    kind, _, value = ref.partition(":")
    make_ref(kind, value)
    return kind, value


def new_id() -> str:
    """Return a fresh UUIDv7 as 32 hex digits: opaque, and ordered by time."""
    return uuid_utils.uuid7().hex
