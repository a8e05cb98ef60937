"""What the pages of scanning with a phone show."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanLinkView:
    """A living link, for the one who made it."""

    slot: str
    token: str
    expires_at: datetime
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPageView:
    """A page on the phone: its key, how it is turned, and what is cut off at each edge (thousandths)."""

    key: str
    turns: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanView:
    """All that the phone learns: which material is asked for, until when, and its own pictures.

    `as_pdf` is False where the material is a single picture.
    """

    matter_name: str
    material_name: str
    standard: str
    expires_at: datetime
    pages: tuple[ScanPageView, ...]
    most: int
    as_pdf: bool
