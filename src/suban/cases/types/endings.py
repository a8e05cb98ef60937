"""How a case ends without a decision on what was applied for, and on what ground."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from suban.cases.types.words import State


class EndingKind(StrEnum):
    """Why there was no decision on the application itself."""

    NOT_NEEDED = "not_needed"  # 不需要取得许可
    NOT_COMPETENT = "not_competent"  # 不属于本机关职权
    FALSE_MATERIAL = "false_material"  # 隐瞒情况、提供虚假材料
    TERMINATED = "terminated"  # 终止办理


class Ground(StrEnum):
    """On what ground a procedure is terminated."""

    APPLICANT_GONE = "applicant_gone"  # 申请人死亡、丧失行为能力或者终止
    QUANTITY = "quantity"  # 数量已经用完
    LAW_CHANGED = "law_changed"  # 依据修改或者废止


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The end of a case that was turned away; `state` is where it stands until the paper is delivered.

    `organ` (a code, or nothing when it isn't on the platform) and `organ_name` say who is competent;
    `slots` are the false materials; until `banned_until` the same party can't apply again.
    """

    kind: EndingKind
    state: State
    ground: str = ""
    organ: str = ""
    organ_name: str = ""
    slots: tuple[str, ...] = ()
    banned_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingView:
    """How a case ended, for pages: the words that the letter has, too."""

    ending: Ending
    title: str
    reasons: str
    heard: str
    basis: str
    materials: tuple[str, ...]
