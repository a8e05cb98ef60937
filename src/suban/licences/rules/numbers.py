"""From a licence's number to the parts of its identifier (GB/T 36904)."""

import re
from typing import Final

from suban.kernel.identifiers import licence_identifier
from suban.licences.errors import UnfitNumberError

FIRST_VERSION: Final = "001"
LAST_VERSION: Final = 999


def identifier_serial(number: str) -> str:
    """Return the serial (流水号) of a number: its digits and capital letters.

    :raises UnfitNumberError: nothing is left, or more than 32.
    """
    serial = re.sub(r"[^0-9A-Z]", "", number.upper())
    if not 1 <= len(serial) <= 32:
        raise UnfitNumberError(f"证书编号“{number}”不能用于电子证照标识，请检查编号规则。", number=number)
    return serial


def next_version(version: str) -> str:
    """Return the version after `version`: a change or a renewal gives the licence its next one.

    :raises UnfitNumberError: there are no more.
    """
    if int(version) >= LAST_VERSION:
        raise UnfitNumberError("该证照的版本号已用完，请另发新证。", version=version)
    return f"{int(version) + 1:03d}"


def make_identifier(*, type_code: str, issuer: str, serial: str, version: str) -> str:
    """Return the identifier of the parts."""
    return licence_identifier(type_code, issuer, serial, version)
