"""A case as its page shows it: form, checks, materials, deadlines, seats, what may be done now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse

from suban.cases.types import Act, OpinionView, PossibleAct, StaffCase
from suban.catalogue.rules import show_answer, visible_fields
from suban.web.ui.presentation import DeadlineView, StatusView, TimelineEntry, say_instant
from suban.web.workbench.materials import Pane, SlotLine, material_panes, slot_lines
from suban.web.workbench.turns import TURNS
from suban.web.workbench.words import (
    CHANNEL_WORDS,
    check_status,
    deadline_view,
    remaining_status,
    state_status,
)

# Acts that need no more than a word are done on the case's own page; the others have one of their own.
PAGES: Final = {
    Act.REQUEST_CORRECTION: "correction",
    Act.START_PROCEDURE: "start_procedure",
    Act.END_PROCEDURE: "end_procedure",
    Act.GRANT: "grant",
    Act.REFUSE: "refuse",
    **{act: page.name for act, page in TURNS.items()},
}
POSTS: Final = {
    Act.ACCEPT: "accept",
    Act.GRANT_ON_SPOT: "grant_on_spot",
    Act.DISPATCH: "dispatch",
    Act.SERVE: "hand_over",
}
# What is usual stands first.
ORDER: Final = (
    Act.ACCEPT,
    Act.GRANT_ON_SPOT,
    Act.COMPLETE_STEP,
    Act.END_PROCEDURE,
    Act.GRANT,
    Act.DISPATCH,
    Act.SERVE,
    Act.REQUEST_CORRECTION,
    Act.START_PROCEDURE,
    Act.REFUSE,
    *TURNS,
)
ACT_SIGNS: Final = {
    Act.ACCEPT: "tick",
    Act.REQUEST_CORRECTION: "edit",
    Act.COMPLETE_STEP: "eye",
    Act.START_PROCEDURE: "clock",
    Act.END_PROCEDURE: "tick",
    Act.GRANT: "seal",
    Act.GRANT_ON_SPOT: "seal",
    Act.REFUSE: "stop",
    Act.DISPATCH: "parcel",
    Act.SERVE: "person",
    Act.OFFER_MENDING: "edit",
    Act.RETURN_TO_STEP: "back",
    Act.DECLARE_NOT_NEEDED: "info",
    Act.DECLARE_NOT_COMPETENT: "organ",
    Act.REFUSE_FALSE_MATERIAL: "warn",
    Act.TERMINATE: "stop",
}
DETAIL_WORDS: Final = {
    "name": "姓名或名称",
    "citizen_id": "身份证号",
    "uscc": "统一社会信用代码",
    "legal_representative": "法定代表人",
    "phone": "手机",
    "email": "电子邮箱",
    "address": "地址",
    "birth_date": "出生日期",
    "sex": "性别",
}
SEX_WORDS: Final = {"male": "男", "female": "女"}
DELIVERY_WORDS: Final = {"electronic": "电子送达", "post": "邮寄", "pickup": "窗口领取"}
OPINION_WORDS: Final = {
    "opinion": "审查意见",
    "reasons": "不予理由",
    "overdue": "逾期理由",
    "heard": "陈述、申辩",
    "basis": "终止依据",
    "mending": "请当场更正",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A part of the form with its answers."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """A check with its outcome, source and time."""

    name: str
    status: StatusView
    source: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """One of the deadlines that run."""

    deadline: DeadlineView
    remaining: StatusView


@dataclass(frozen=True, slots=True, kw_only=True)
class ActView:
    """What may be done now, where, and what it will cause."""

    act: str
    label: str
    effect: str
    sign: str
    url: str
    needs_page: bool
    step: str
    is_turn: bool = False
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatView:
    """One of the two seats of a decision: nobody sits on both."""

    title: str
    name: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionLine:
    """What an officer wrote."""

    title: str
    who: str
    when: str
    text: str
    superseded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """Everything that the page shows."""

    case: StaffCase
    state: StatusView
    channel: str
    delivery: str
    details: tuple[tuple[str, str], ...]
    clocks: tuple[ClockView, ...]
    acts: tuple[ActView, ...]
    turns: tuple[ActView, ...]
    sections: tuple[SectionView, ...]
    checks: tuple[CheckLine, ...]
    slots: tuple[SlotLine, ...]
    panes: tuple[Pane, ...]
    seats: tuple[SeatView, ...]
    opinions: tuple[OpinionLine, ...]
    timeline: tuple[TimelineEntry, ...]


def make_page(case: StaffCase, *, actor: str, today: date, chosen: str = "") -> CasePage:
    """Return the page of `case`; `chosen` is the key of the material shown first."""
    panes = material_panes(case, today=today, chosen=chosen)
    return CasePage(
        case=case,
        state=state_status(case.state, case.state_label),
        channel=CHANNEL_WORDS.get(case.channel, case.channel),
        delivery=DELIVERY_WORDS.get(str(case.delivery or ""), ""),
        details=_details(case.party_details),
        clocks=clock_views(case, today=today),
        acts=tuple(act for act in act_views(case) if not act.is_turn),
        turns=tuple(act for act in act_views(case) if act.is_turn),
        sections=_sections(case, today) if case.sees_content else (),
        checks=_checks(case, today),
        slots=slot_lines(case, panes),
        panes=panes,
        seats=seat_views(case, actor=actor),
        opinions=tuple(_opinion(case, opinion, today) for opinion in case.opinions),
        timeline=_timeline(case, today),
    )


def clock_views(case: StaffCase, *, today: date) -> tuple[ClockView, ...]:
    """Return the running deadlines, the nearest first."""
    return tuple(
        ClockView(
            deadline=deadline_view(deadline, today=today),
            remaining=remaining_status((deadline.due_on - today).days),
        )
        for deadline in case.deadlines
    )


def act_views(case: StaffCase) -> tuple[ActView, ...]:
    """Return what the officer may do now."""
    return tuple(_act(case, act) for act in sorted(case.acts, key=lambda one: ORDER.index(one.act)))


def _act(case: StaffCase, act: PossibleAct) -> ActView:
    step = case.definition.find_step(act.step) if act.step else None
    if act.act is Act.COMPLETE_STEP:
        url = reverse("workbench:complete_step", args=[case.number, act.step])
    else:
        url = reverse(f"workbench:{PAGES.get(act.act) or POSTS[act.act]}", args=[case.number])
    return ActView(
        act=act.act.value,
        label=f"{act.label}：{step.name}" if step else act.label,
        effect=act.effect,
        sign=ACT_SIGNS.get(act.act, "next"),
        url=url,
        needs_page=act.act in PAGES,
        is_turn=act.act in TURNS,
        step=act.step,
        points=step.points if step else (),
    )


def _details(details: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (words, SEX_WORDS.get(details[name], details[name]) if name == "sex" else details[name])
        for name, words in DETAIL_WORDS.items()
        if details.get(name)
    )


def _sections(case: StaffCase, today: date) -> tuple[SectionView, ...]:
    shown = {field.name for field in visible_fields(case.definition, case.answers, on=today)}
    sections = (
        SectionView(
            title=section.title,
            rows=tuple(
                (field.label, show_answer(field, case.answers.get(field.name)))
                for field in section.fields
                if field.name in shown
            ),
        )
        for section in case.definition.form
    )
    return tuple(section for section in sections if section.rows)


def _checks(case: StaffCase, today: date) -> tuple[CheckLine, ...]:
    return tuple(
        CheckLine(
            name=check.name,
            status=check_status(check),
            source=f"{check.source} · {say_instant(check.checked_at, today=today)}",
            detail=check.detail,
        )
        for check in case.checks
    )


def seat_views(case: StaffCase, *, actor: str) -> tuple[SeatView, ...]:
    """Return the two seats; nothing where no decision is made (a filing), is near, or is made here."""
    if not case.accepted_by or case.definition.handled_by:
        return ()
    return (
        SeatView(title="受理人", name=case.accepted_by_name, mine=case.accepted_by == actor),
        SeatView(title="决定人", name=case.decided_by_name or "等待决定", mine=False),
    )


def _opinion(case: StaffCase, opinion: OpinionView, today: date) -> OpinionLine:
    step = case.definition.find_step(opinion.key) if opinion.key else None
    if step and opinion.kind == "return":
        title = f"退回{step.name}的理由"
    else:
        title = step.name if step else OPINION_WORDS.get(opinion.kind, "意见")
    return OpinionLine(
        title=title,
        who=case.definition.handled_by.name if case.definition.handled_by else opinion.by_name,
        when=say_instant(opinion.written_at, today=today),
        text=opinion.text,
        superseded=opinion.superseded,
    )


def _timeline(case: StaffCase, today: date) -> tuple[TimelineEntry, ...]:
    return tuple(
        TimelineEntry(
            title=entry.title,
            when=say_instant(entry.at, today=today),
            iso=entry.at.isoformat(),
            who=entry.who,
            text="，".join(part for part in (entry.detail, entry.article) if part),
            state="now" if position == 0 else "done",
        )
        for position, entry in enumerate(case.timeline)
    )
