"""Case numbers: the short one people copy from paper, and the long one the province exchanges."""

from datetime import date
from typing import Final

from suban.kernel.identifiers import mod11_10

PROVINCE_SIGNS: Final = {"32": "JS"}
"""The letters of a province; others use their division number."""


def case_number(region_code: str, year: int, serial: int) -> str:
    """Return the application number (申报号), such as JS3211-2026-0000123-4.

    The last digit is ISO 7064 MOD 11,10 over the twelve digits and more before it, so that a slip of
    the pen is noticed.
    """
    sign = PROVINCE_SIGNS.get(region_code[:2], region_code[:2])
    check = mod11_10(f"{region_code[:4]}{year}{serial:07d}")
    return f"{sign}{region_code[:4]}-{year}-{serial:07d}-{check}"


def official_number(implementation_code: str, received_on: date, serial: int) -> str:
    """Return the case number of the exchange (办件编号): implementation code, day, six digits."""
    return f"{implementation_code}{received_on:%Y%m%d}{serial % 1_000_000:06d}"


def serial_of(number: str) -> int:
    """Return the serial inside an application number."""
    return int(number.split("-")[2])
