"""Citizen identity number (公民身份号码, GB 11643): division, day of birth, sequence, check character."""

from datetime import date
from enum import StrEnum
from typing import Final

from suban.kernel.identifiers.checksums import DIGITS, first_outside, weighted_sum
from suban.kernel.identifiers.errors import InvalidIdentifierError

LENGTH: Final = 18
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS: Final = "10X98765432"  # by remainder of the weighted sum
BIRTH: Final = slice(6, 14)


class Sex(StrEnum):
    """The sex that the sequence number states: odd is male, even is female."""

    MALE = "male"
    FEMALE = "female"


def is_valid_citizen_id(text: str) -> bool:
    """Tell whether `text` is a citizen identity number with the right check character."""
    return _fault(text) is None


def check_citizen_id(text: str) -> None:
    """Refuse `text` unless it is a citizen identity number.

    :raises InvalidIdentifierError: it isn't; the message says what to mend and doesn't repeat it.
    """
    fault = _fault(text)
    if fault is not None:
        raise InvalidIdentifierError(f"公民身份号码不正确:{fault}", kind="citizen_id")


def citizen_birth_date(text: str) -> date:
    """Return the day of birth that the number states.

    :raises InvalidIdentifierError: `text` isn't a citizen identity number.
    """
    check_citizen_id(text)
    return _birth_date(text)


def citizen_sex(text: str) -> Sex:
    """Return the sex that the number states.

    :raises InvalidIdentifierError: `text` isn't a citizen identity number.
    """
    check_citizen_id(text)
    return Sex.MALE if int(text[16]) % 2 else Sex.FEMALE


def _birth_date(text: str) -> date:
    birth = text[BIRTH]
    return date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))


def _fault(text: str) -> str | None:
    if len(text) != LENGTH:
        return f"应为18位,现为{len(text)}位,请对照身份证补全。"
    place = first_outside(text[:-1], DIGITS)
    if place is not None:
        return f"第{place}位应为数字,请核对。"
    if text[-1] not in CHECKS:
        return "末位应为数字或大写字母X,请核对。"
    try:
        _birth_date(text)
    except ValueError:
        return "第7至14位不是存在的日期,请核对出生日期。"
    if text[-1] != CHECKS[weighted_sum(text[:-1], DIGITS, WEIGHTS) % 11]:
        return "校验码不符,请逐位核对。"
    return None
