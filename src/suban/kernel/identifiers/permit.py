"""Number of a food business permit (食品经营许可证): `JY` and 14 digits, the last a MOD 11,10 check.

Business (1 sale, 2 catering, 3 canteen), province, city and county, six digits of sequence, check.
"""

from typing import Final

from suban.kernel.identifiers.checksums import DIGITS, first_outside, mod11_10
from suban.kernel.identifiers.errors import InvalidIdentifierError

PREFIX: Final = "JY"
LENGTH: Final = 16
BUSINESSES: Final = "123"


def is_valid_food_permit(text: str) -> bool:
    """Tell whether `text` is a food business permit number with the right check digit."""
    return _fault(text) is None


def check_food_permit(text: str) -> None:
    """Refuse `text` unless it is a food business permit number.

    :raises InvalidIdentifierError: it isn't; the message says what to mend.
    """
    fault = _fault(text)
    if fault is not None:
        raise InvalidIdentifierError(f"食品经营许可证编号不正确:{fault}", kind="food_permit")


def _fault(text: str) -> str | None:
    if len(text) != LENGTH or not text.startswith(PREFIX):
        return "应为JY加14位数字,请对照许可证补全。"
    digits = text[len(PREFIX) :]
    place = first_outside(digits, DIGITS)
    if place is not None:
        return f"第{place + len(PREFIX)}位应为数字,请核对。"
    if digits[0] not in BUSINESSES:
        return "第3位是主体业态,应为1、2或3,请核对。"
    if digits[-1] != mod11_10(digits[:-1]):
        return "校验码不符,请逐位核对。"
    return None
