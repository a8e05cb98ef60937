"""What an order must say before a carrier is asked."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from suban.delivery.errors import InvalidParcelError
from suban.delivery.types import ParcelAddress, Purpose

PHONE: Final = re.compile(r"(?:\+?86)?1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?")


def find_defects(*, recipient: ParcelAddress, contents: str) -> Mapping[str, str]:
    """Return what is wrong with an order, by field, in words that mend it."""
    checks = {
        "name": (1 <= len(recipient.name.strip()) <= 60, "请填写收件人姓名或单位名称（60 字以内）。"),
        "phone": (
            PHONE.fullmatch(recipient.phone.replace(" ", "")) is not None,
            "请填写 11 位手机号码，或带区号的固定电话，例如 0511-81234567。",
        ),
        "address": (
            5 <= len(recipient.address.strip()) <= 200,
            "请填写完整的收件地址：省、市、区、街道和门牌号（200 字以内）。",
        ),
        "contents": (1 <= len(contents.strip()) <= 100, "请写明内件名称（100 字以内）。"),
    }
    return MappingProxyType({field: words for field, (good, words) in checks.items() if not good})


def find_purpose(purpose: str) -> Purpose:
    """Return the kind of a purpose such as `result` or `originals-2`.

    :raises InvalidParcelError: it is of no known kind, or too long to be kept.
    """
    try:
        kind = Purpose(purpose.partition("-")[0])
    except ValueError:
        raise InvalidParcelError("寄递用途应为办理结果或退还原件。", purpose=purpose) from None
    if len(purpose) > 64:
        raise InvalidParcelError("寄递用途不得超过 64 个字符。", purpose=purpose)
    return kind
