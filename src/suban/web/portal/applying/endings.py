"""How a case ended that was turned away, in plain words: what it means, and where to go now."""

from dataclasses import dataclass

from suban.cases.types import ApplicantCase, EndingKind, State
from suban.catalogue.queries import list_matters
from suban.catalogue.types import MatterCard

MOST_MATTERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingCard:
    """What happened, why, and what can be done."""

    tone: str
    title: str
    lines: tuple[str, ...]
    reasons: str
    basis: str
    organ: str
    organ_name: str
    matters: tuple[MatterCard, ...]


def ending_card(case: ApplicantCase) -> EndingCard | None:
    """Return the card of a case that was turned away or ended early."""
    view = case.ending
    if view is None:
        return None
    ending = view.ending
    tone, title, lines = _words(case)
    return EndingCard(
        tone=tone,
        title=title,
        lines=lines,
        reasons=view.reasons,
        basis=view.basis,
        organ=ending.organ,
        organ_name=ending.organ_name,
        matters=_matters_of(ending.organ, case.matter_name) if ending.organ else (),
    )


def _words(case: ApplicantCase) -> tuple[str, str, tuple[str, ...]]:
    view = case.ending
    if view is None or view.ending.kind is EndingKind.TERMINATED:
        return "info", "办理已经终止", ("不会再作出准予或者不予的决定。",)
    ending = view.ending
    if ending.kind is EndingKind.NOT_NEEDED:
        return "info", "这件事不需要许可", ("您不用再办这项许可。",)
    if ending.kind is EndingKind.NOT_COMPETENT:
        return "warning", f"请向{ending.organ_name}申请", (f"这件事不归{case.organ_name}办。",)
    decided = "没有准予" if ending.state is State.REFUSED else "没有受理"
    lines = [f"认定为虚假或者隐瞒情况的：{'、'.join(view.materials)}。", "同时给予警告。"]
    if ending.banned_until:
        until = f"{ending.banned_until.year} 年 {ending.banned_until.month} 月 {ending.banned_until.day} 日"
        article = case.definition.law_profile.article("reapply_ban_months")
        lines.append(f"到 {until}止，您不能再次申请这项许可（{article}）。")
    return "danger", f"因材料虚假，{decided}", tuple(lines)


def _matters_of(organ: str, name: str) -> tuple[MatterCard, ...]:
    """Return what the right organ handles, the same matter first."""
    cards = list_matters(organ=organ, limit=MOST_MATTERS).cards
    same = [card for card in cards if card.name == name]
    return (*same, *(card for card in cards if card not in same))
