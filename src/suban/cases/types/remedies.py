"""Against what one may apply for reconsideration, where, and until when."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from suban.cases.types.values import Deadline


class Against(StrEnum):
    """What is complained of."""

    DECISION = "decision"  # 不服决定
    INACTION = "inaction"  # 逾期不作决定


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What may be complained of now; `deadline` is None while its clock hasn't started (not served yet).

    `law` is the text in force, `articles` what it says on (period, organ, inaction); `first` says that
    reconsideration must come before a lawsuit.
    """

    against: Against
    deadline: Deadline | None
    law: str
    articles: tuple[str, str, str]
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyView:
    """A complaint with where it goes, for pages."""

    complaint: Complaint
    organ: str
    address: str
    phone: str
    too_late: str
    wish: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconsiderationPreview:
    """The application as it will be printed: blocks of kind section, text or table."""

    title: str
    organ: str
    party: str
    date: str
    blocks: tuple[dict[str, Any], ...]
