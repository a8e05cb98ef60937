"""The values that rules and services pass to each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from suban.cases.types.words import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One line of a derivation: what counted, and the article that says so."""

    text: str
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day by which something must have happened, with the way it was found.

    `kind` is notice | legal | promised | delivery | reconsideration | lawsuit. `provisional` says
    that the calendar of the year isn't published yet.
    """

    kind: str
    due_on: date
    because: tuple[Reason, ...]
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionItem:
    """One line of a correction notice: which material or form field, what is wrong, on what basis."""

    slot: str
    defect: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an applicant gets for a submission (收件凭证)."""

    number: str
    official_number: str
    query_code: str
    received_at: datetime
    received_on: date
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """An automatic check: what was asked, of whom, when, and the answer."""

    key: str
    name: str
    outcome: str  # pass | fail | unknown
    source: str
    checked_at: datetime
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file on its way in; `expected_size` (bytes) is what the sender said, None when it said nothing.

    `original_seen` is the word of an officer at the window, who held the original beside it.
    """

    name: str
    content: Iterable[bytes] | BinaryIO
    expected_size: int | None = None
    source: str = "申请人上传"
    original_seen: bool = False
