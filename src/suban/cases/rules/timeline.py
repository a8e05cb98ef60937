"""A case's history in words that a citizen reads, from its events."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Final

from suban.cases import events as e
from suban.cases.types import TimelineEntry
from suban.catalogue.types import DeliveryChannel, MatterDefinition

Told = tuple[str, str, str]
"""Title, detail, article."""


def tell(
    entries: Iterable[tuple[e.CaseFact, datetime, str]],
    definition: MatterDefinition,
) -> tuple[TimelineEntry, ...]:
    """Return the history, the newest first. Preparations of a draft aren't told."""
    told = []
    for fact, at, by in entries:
        teller = _TELL.get(type(fact))
        if teller is None:
            continue
        title, detail, article = teller(fact, definition)
        told.append(
            TimelineEntry(
                at=at,
                kind=fact.topic,
                title=title,
                detail=detail,
                who=_who(by, definition),
                article=article,
            ),
        )
    return tuple(reversed(told))


def _who(by: str, definition: MatterDefinition) -> str:
    # The organ acts, not a person, unless the law says so.
    if by.startswith("staff:"):
        return definition.organ_name
    return "系统" if by.startswith("system:") else "申请人"


def _day(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _correction(fact: e.CorrectionRequested, definition: MatterDefinition) -> Told:
    names = [material.name for slot in fact.slots if (material := definition.find_material(slot))]
    if "form" in fact.slots:
        names.append("申请表填写内容")
    return "通知补正", f"{fact.document_number}：{'、'.join(names)}", "行政许可法第32条第1款第4项"


def _step(fact: e.StepCompleted, definition: MatterDefinition) -> Told:
    step = definition.find_step(fact.step)
    return f"{step.name if step else '审查'}完成", "", "行政许可法第34条"


def _dispatched(fact: e.ResultDispatched, _definition: MatterDefinition) -> Told:
    if fact.way is DeliveryChannel.POST:
        return "结果已交寄", "可以在下方查看快递进展", "行政许可法第44条"
    return "结果已备好，可以到窗口领取", "", "行政许可法第44条"


_CAPACITIES: Final = {
    "addressee": "本人签收",
    "authorised": "受托人签收",
    "window": "窗口领取",
    "electronic": "电子送达",
}

_TELL: Final[dict[type[e.CaseFact], Callable[[Any, MatterDefinition], Told]]] = {
    e.CaseStarted: lambda _f, _d: ("开始填写", "", ""),
    e.CaseSubmitted: lambda f, _d: (
        "提交申请，系统已收件",
        f"办件编号 {f.official_number}",
        "电子签名法第11条",
    ),
    e.FilingCompleted: lambda f, _d: (
        "备案完成",
        f"编号 {f.result_number}",
        "企业投资项目核准和备案管理条例第13条",
    ),
    e.CorrectionRequested: _correction,
    e.CorrectionSubmitted: lambda _f, _d: ("提交补正材料", "", "行政许可法第32条第1款第5项"),
    e.CaseAccepted: lambda f, _d: ("受理", f.document_number, "行政许可法第32条第1款第5项"),
    e.CaseDeemedAccepted: lambda f, _d: (
        "视为受理",
        f"{_day(f.lapsed_on)}前没有告知补正，自{_day(f.accepted_on)}收到申请起视为受理",
        "行政许可法第32条第1款第4项",
    ),
    e.ReviewStarted: lambda _f, _d: ("进入审查", "审查人员由系统随机分派", "行政许可法第34条第1款"),
    e.StepCompleted: _step,
    e.DecisionProposed: lambda _f, _d: ("审查完成，等待决定", "", "行政许可法第37条"),
    e.CaseGranted: lambda f, _d: ("准予许可", f.document_number, "行政许可法第38条第1款"),
    e.CaseRefused: lambda f, _d: ("不予许可", f.document_number, "行政许可法第38条第2款"),
    e.CaseWithdrawn: lambda _f, _d: ("撤回申请", "", ""),
    e.ResultIssued: lambda _f, d: (f"{d.result.name}已制作并签章", "", "行政许可法第39条"),
    e.ResultDispatched: _dispatched,
    e.DeliveryFailed: lambda f, _d: ("寄送没有成功", f.why, "行政许可法第44条"),
    e.ResultServed: lambda f, _d: (
        "送达",
        f"{_CAPACITIES.get(f.capacity, f.capacity)}，{_day(f.served_on)}",
        "行政许可法第44条",
    ),
    e.CaseClosed: lambda _f, _d: ("公示并归档", "", "行政许可法第40条"),
}
