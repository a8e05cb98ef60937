"""Unified social credit code (GB 32100, 18 characters) and the organ code inside it (GB 11714)."""

from typing import Final

from suban.kernel.identifiers.checksums import ALPHANUMERIC, DIGITS, first_outside, weighted_sum
from suban.kernel.identifiers.errors import InvalidIdentifierError

# No I, O, S, V, Z: they are misread as 1, 0, 5, U, 2.
USCC_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_LENGTH: Final = 18
USCC_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
DIVISION: Final = slice(2, 8)

ORGAN_LENGTH: Final = 9
ORGAN_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
ORGAN_CHECKS: Final = "0X987654321"  # by remainder of the weighted sum


def is_valid_uscc(text: str) -> bool:
    """Tell whether `text` is a unified social credit code with the right check character."""
    return _uscc_fault(text) is None


def check_uscc(text: str) -> None:
    """Refuse `text` unless it is a unified social credit code.

    :raises InvalidIdentifierError: it isn't; the message says what to mend.
    """
    fault = _uscc_fault(text)
    if fault is not None:
        raise InvalidIdentifierError(f"统一社会信用代码不正确:{fault}", kind="uscc")


def organ_code_of_uscc(text: str) -> str:
    """Return the organ code (places 9 to 17) inside a unified social credit code.

    :raises InvalidIdentifierError: `text` isn't one.
    """
    check_uscc(text)
    return text[8:17]


def is_valid_organ_code(text: str) -> bool:
    """Tell whether `text` is an organ code, nine characters without hyphen.

    Modulus 11 over 36 characters: the standard itself can't see a change between characters whose
    values differ by 11 or 22 (0, B, M, X). Inside a social credit code modulus 31 catches those too.
    """
    return _organ_fault(text) is None


def check_organ_code(text: str) -> None:
    """Refuse `text` unless it is an organ code.

    :raises InvalidIdentifierError: it isn't; the message says what to mend.
    """
    fault = _organ_fault(text)
    if fault is not None:
        raise InvalidIdentifierError(f"组织机构代码不正确:{fault}", kind="organ_code")


def _uscc_fault(text: str) -> str | None:
    if len(text) != USCC_LENGTH:
        return f"应为18位,现为{len(text)}位,请对照营业执照或登记证书补全。"
    place = first_outside(text, USCC_ALPHABET)
    if place is not None:
        return f"第{place}位不是允许的字符,请使用数字和大写字母(不含I、O、S、V、Z)。"
    if first_outside(text[DIVISION], DIGITS) is not None:
        return "第3至8位是登记机关行政区划,应为数字,请核对。"
    if text[-1] != USCC_ALPHABET[-weighted_sum(text[:-1], USCC_ALPHABET, USCC_WEIGHTS) % 31]:
        return "校验码不符,请逐位核对。"
    return None


def _organ_fault(text: str) -> str | None:
    if len(text) != ORGAN_LENGTH:
        return f"应为9位(不含连字符),现为{len(text)}位,请补全。"
    place = first_outside(text, ALPHANUMERIC)
    if place is not None:
        return f"第{place}位不是允许的字符,请使用数字和大写字母。"
    if text[-1] != ORGAN_CHECKS[weighted_sum(text[:-1], ALPHANUMERIC, ORGAN_WEIGHTS) % 11]:
        return "校验码不符,请逐位核对。"
    return None
