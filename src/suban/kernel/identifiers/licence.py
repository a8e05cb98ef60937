"""Identifier of an electronic licence (电子证照标识, GB/T 36904).

Root, type code, issuing organ, serial, version and a MOD 37,36 check character over the four middle
parts without their dots: `1.2.156.3005.2.<21>.<organ>.<serial>.<version>.<check>`.
"""

import re
from typing import Final

from suban.kernel.identifiers.checksums import mod37_36
from suban.kernel.identifiers.errors import InvalidIdentifierError

LICENCE_ROOT: Final = "1.2.156.3005.2"

_SHAPES: Final = (
    ("证照类型代码", re.compile(r"[0-9A-Z]{18}[0-9]{3}"), "应为18位机构代码加3位数字"),
    ("证照颁发机构代码", re.compile(r"[0-9A-Z]{6,18}"), "应为6至18位数字或大写字母"),
    ("流水号", re.compile(r"[0-9A-Z]{1,32}"), "应为1至32位数字或大写字母"),
    ("版本号", re.compile(r"[0-9]{3}"), "应为3位数字"),
)


def licence_identifier(type_code: str, issuer: str, serial: str, version: str) -> str:
    """Return the full identifier of the four parts, with root and check character.

    :raises InvalidIdentifierError: a part isn't of its shape.
    """
    parts = (type_code, issuer, serial, version)
    fault = _parts_fault(parts)
    if fault is not None:
        raise _refusal(fault)
    return ".".join((LICENCE_ROOT, *parts, mod37_36("".join(parts))))


def is_valid_licence_identifier(text: str) -> bool:
    """Tell whether `text` is a licence identifier with the right check character."""
    return _fault(text) is None


def check_licence_identifier(text: str) -> None:
    """Refuse `text` unless it is a licence identifier.

    :raises InvalidIdentifierError: it isn't; the message says what to mend.
    """
    fault = _fault(text)
    if fault is not None:
        raise _refusal(fault)


def _refusal(fault: str) -> InvalidIdentifierError:
    return InvalidIdentifierError(f"电子证照标识不正确:{fault}", kind="licence_identifier")


def _parts_fault(parts: tuple[str, ...]) -> str | None:
    for part, (name, shape, words) in zip(parts, _SHAPES, strict=True):
        if shape.fullmatch(part) is None:
            return f"{name}{words},请核对。"
    return None


def _fault(text: str) -> str | None:
    if not text.startswith(f"{LICENCE_ROOT}."):
        return f"应以{LICENCE_ROOT}.开头,请核对。"
    *parts, check = text.removeprefix(f"{LICENCE_ROOT}.").split(".")
    if len(parts) != len(_SHAPES):
        return "应由类型、机构、流水号、版本、校验位五段组成,请核对各段之间的点。"
    fault = _parts_fault(tuple(parts))
    if fault is None and check != mod37_36("".join(parts)):
        return "校验位不符,请逐位核对。"
    return fault
