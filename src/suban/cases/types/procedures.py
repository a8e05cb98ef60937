"""The special procedures whose time doesn't count towards a decision (行政许可法第45条)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

PROCEDURE_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "hearing": "听证",
        "tender": "招标",
        "auction": "拍卖",
        "inspection": "检验",
        "testing": "检测",
        "quarantine": "检疫",
        "appraisal": "鉴定",
        "expert_review": "专家评审",
    },
)
"""Kind to name; the law knows no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A special procedure of a case; open while `ended_on` is empty.

    `expected_on` is the day that the notice named as its end.
    """

    key: str
    kind: str
    started_on: date
    expected_on: date
    ended_on: date | None = None

    @property
    def name(self) -> str:
        """Return the name of its kind."""
        return PROCEDURE_NAMES[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """The decision clock stands still: since when, for what, and how many days are left of it.

    `promised_left` is empty where the promise had lapsed before.
    """

    since: date
    expected_on: date
    names: tuple[str, ...]
    legal_left: int
    promised_left: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureView:
    """A special procedure as pages show it; `has_report` says that a report lies in the file."""

    key: str
    name: str
    started_on: date
    expected_on: date
    ended_on: date | None
    reason: str
    result: str
    has_report: bool
