"""What letters say when a case is turned away, refused for false material, or ended early."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from suban.cases.rules.endings import GROUND_WORDS
from suban.cases.types import Ending, EndingKind, Ground, State

_LAW: Final = "《中华人民共和国行政许可法》"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnWords:
    """What was written, and what the matter calls things."""

    what: str
    reasons: str
    heard: str = ""
    basis: str = ""
    overdue: str = ""
    materials: tuple[str, ...] = ()
    ban_article: str = ""


def turn_paragraphs(ending: Ending, words: TurnWords) -> list[str]:
    """Return the paragraphs of the letter; remedies follow in every one."""
    return _PARAGRAPHS[ending.kind](ending, words)


def _not_needed(_ending: Ending, words: TurnWords) -> list[str]:
    return [
        f"{words.what}，经审核，申请事项依法不需要取得行政许可。",
        f"依照{_LAW}第三十二条第一款第一项的规定，现即时告知您不受理。",
        f"理由：{words.reasons}",
        "您不需要再办理这项许可。",
    ]


def _not_competent(ending: Ending, words: TurnWords) -> list[str]:
    return [
        f"{words.what}，经审核，申请事项依法不属于本机关职权范围。",
        f"依照{_LAW}第三十二条第一款第二项的规定，本机关决定不予受理。",
        f"理由：{words.reasons}",
        f"请向{ending.organ_name}申请。",
    ]


def _false_material(ending: Ending, words: TurnWords) -> list[str]:
    decided = "不予行政许可" if ending.state is State.REFUSED else "不予受理"
    paragraphs = [
        f"{words.what}，经查，下列材料或者内容隐瞒有关情况或者虚假：{'、'.join(words.materials)}。",
        f"查明的事实和证据：{words.reasons}",
        f"当事人的陈述、申辩和采纳情况：{words.heard}",
        f"依照{_LAW}第七十八条的规定，本机关决定{decided}，并给予警告。",
    ]
    if ending.banned_until:
        paragraphs.append(
            "申请事项直接关系公共安全、人身健康、生命财产安全，依照"
            f"{words.ban_article or '行政许可法 第七十八条'}的规定，"
            f"至 {say_day(ending.banned_until)}止，您不得再次申请该行政许可。",
        )
    if words.overdue:
        paragraphs.append(f"本决定超过法定期限作出，理由：{words.overdue}")
    return paragraphs


def _terminated(ending: Ending, words: TurnWords) -> list[str]:
    return [
        f"{words.what}，因{GROUND_WORDS[Ground(ending.ground)]}，本机关决定终止办理。",
        f"理由：{words.reasons}",
        f"依据：{words.basis}",
    ]


def say_day(day: date) -> str:
    """Return a day as letters write it."""
    return f"{day.year}年{day.month}月{day.day}日"


_PARAGRAPHS: Final[dict[EndingKind, Callable[[Ending, TurnWords], list[str]]]] = {
    EndingKind.NOT_NEEDED: _not_needed,
    EndingKind.NOT_COMPETENT: _not_competent,
    EndingKind.FALSE_MATERIAL: _false_material,
    EndingKind.TERMINATED: _terminated,
}
