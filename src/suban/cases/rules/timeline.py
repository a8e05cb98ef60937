"""A case's history in words that a citizen reads, from its events."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Final

from suban.cases import events as e
from suban.cases.rules.endings import GROUND_WORDS
from suban.cases.rules.frames import FRAMES
from suban.cases.rules.state import CaseState, evolve, rebuild
from suban.cases.types import PROCEDURE_NAMES, Act, Against, Channel, TimelineEntry
from suban.catalogue.types import DeliveryChannel, MatterDefinition

Told = tuple[str, str]
"""Title and detail."""


def tell(
    entries: Iterable[tuple[e.CaseFact, datetime, str]],
    definition: MatterDefinition,
) -> tuple[TimelineEntry, ...]:
    """Return the history, the newest first. Preparations of a draft aren't told."""
    told: list[TimelineEntry] = []
    case: CaseState | None = None
    for fact, at, by in entries:
        article = _article(case, fact)
        case = evolve(case, fact, by=by) if case else rebuild([(fact, by)])
        teller = _TELL.get(type(fact))
        if teller is None:
            continue
        title, detail = teller(fact, definition)
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


def _article(case: CaseState | None, fact: e.CaseFact) -> str:
    """Return the article under which the fact's act stands in the frame of the case."""
    on_spot = isinstance(fact, e.CaseGranted) and fact.on_spot
    act = Act.GRANT_ON_SPOT if on_spot else _ACT_OF.get(type(fact))
    move = FRAMES[case.frame].get((case.state, act)) if case and act else None
    return move.article if move else ""


def _who(by: str, definition: MatterDefinition) -> str:
    # The organ acts, not a person, unless the law says so.
    handler = f"system:{definition.handled_by.system}" if definition.handled_by else ""
    if by.startswith("staff:") or by == handler:
        return definition.organ_name
    return "系统" if by.startswith("system:") else "申请人"


def _day(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _correction(fact: e.CorrectionRequested, definition: MatterDefinition) -> Told:
    names = [material.name for slot in fact.slots if (material := definition.find_material(slot))]
    if "form" in fact.slots:
        names.append("申请表填写内容")
    return "通知补正", f"{fact.document_number}：{'、'.join(names)}"


def _step(fact: e.StepCompleted, definition: MatterDefinition) -> Told:
    step = definition.find_step(fact.step)
    return f"{step.name if step else '审查'}完成", ""


def _fields(names: tuple[str, ...], definition: MatterDefinition) -> str:
    return "、".join(field.label for field in definition.fields if field.name in names)


def _step_returned(fact: e.StepReturned, definition: MatterDefinition) -> Told:
    step = definition.find_step(fact.target)
    return f"退回{step.name if step else '前一步'}重新审查", "期限继续计算"


def _false_material(fact: e.FalseMaterialFound, _definition: MatterDefinition) -> Told:
    until = f"；{_day(fact.banned_until)}前不得再次申请" if fact.banned_until else ""
    decided = "不予许可" if fact.accepted else "不予受理"
    return f"因虚假材料{decided}，给予警告", f"{fact.document_number}{until}"


def _sought(fact: e.ReconsiderationSought, _definition: MatterDefinition) -> Told:
    until = f"，期限到 {_day(fact.due_on)} 为止" if fact.due_on else ""
    against = "逾期没有作出决定" if fact.against is Against.INACTION else "不服决定"
    return "生成行政复议申请书", f"{against}{until}"


def _procedure_ended(fact: e.ProcedureEnded, _definition: MatterDefinition) -> Told:
    return "特别程序结束，期限继续计算", f"{_day(fact.ended_on)}登记结果"


_SIGNED: Final = {"paper": "打印后签字，扫描件已收进材料", "screen": "在窗口屏幕上核对确认"}
_PRESENT: Final = {"self": "本人到场", "member": "企业经办人到场"}


def _channel(fact: e.ChannelChanged, _definition: MatterDefinition) -> Told:
    if fact.channel is Channel.COUNTER:
        return "在窗口办理", _PRESENT.get(fact.capacity, "")
    return "转到网上办理", "申请人登录后继续"


def _dispatched(fact: e.ResultDispatched, _definition: MatterDefinition) -> Told:
    if fact.way is DeliveryChannel.POST:
        return "结果已交寄", "可以在下方查看快递进展"
    return "结果已备好，可以到窗口领取", ""


_CAPACITIES: Final = {
    "addressee": "本人签收",
    "authorised": "受托人签收",
    "window": "窗口领取",
    "electronic": "电子送达",
}

_TELL: Final[dict[type[e.CaseFact], Callable[[Any, MatterDefinition], Told]]] = {
    e.CaseStarted: lambda _f, _d: ("开始填写", ""),
    e.CaseSubmitted: lambda f, _d: (
        "提交申请，系统已收件",
        f"办件编号 {f.official_number}",
    ),
    e.ChannelChanged: _channel,
    e.FormSigned: lambda f, _d: ("在窗口签字确认申请表", _SIGNED.get(f.how, "")),
    e.FilingCompleted: lambda f, _d: (
        "备案完成",
        f"编号 {f.result_number}",
    ),
    e.CorrectionRequested: _correction,
    e.CorrectionSubmitted: lambda _f, _d: ("提交补正材料", ""),
    e.CaseAccepted: lambda f, _d: ("受理", f.document_number),
    e.CaseDeemedAccepted: lambda f, _d: (
        "视为受理",
        f"{_day(f.lapsed_on)}前没有告知补正，自{_day(f.accepted_on)}收到申请起视为受理",
    ),
    e.ReviewStarted: lambda _f, d: (
        "进入审查",
        f"在{d.handled_by.name}办理" if d.handled_by else "审查人员由系统随机分派",
    ),
    e.StepCompleted: _step,
    e.ProcedureStarted: lambda f, _d: (
        f"{PROCEDURE_NAMES[f.kind]}，期限暂停计算",
        f"{f.document_number}，预计到{_day(f.expected_on)}",
    ),
    e.ProcedureEnded: _procedure_ended,
    e.DecisionProposed: lambda _f, _d: ("审查完成，等待决定", ""),
    e.CaseGranted: lambda f, _d: ("准予许可", f.document_number),
    e.CaseRefused: lambda f, _d: ("不予许可", f.document_number),
    e.CaseWithdrawn: lambda _f, _d: ("撤回申请", ""),
    e.ResultIssued: lambda _f, d: (f"{d.result.name}已制作并签章", ""),
    e.ResultDispatched: _dispatched,
    e.DeliveryFailed: lambda f, _d: ("寄送没有成功", f.why),
    e.ResultServed: lambda f, _d: (
        "送达",
        f"{_CAPACITIES.get(f.capacity, f.capacity)}，{_day(f.served_on)}",
    ),
    e.CaseNotNeeded: lambda f, _d: ("告知不受理：依法不需要许可", f.document_number),
    e.CaseNotCompetent: lambda f, _d: ("不予受理", f"{f.document_number}；请向{f.organ_name}申请"),
    e.MendingOffered: lambda f, d: ("请当场更正", _fields(f.fields, d)),
    e.CorrectedOnSpot: lambda f, d: ("当场更正", _fields(f.fields, d) or "申请人核对后没有改动"),
    e.StepReturned: _step_returned,
    e.FalseMaterialFound: _false_material,
    e.ReconsiderationSought: _sought,
    e.CaseTerminated: lambda f, _d: ("终止办理", f"{f.document_number}；{GROUND_WORDS[f.ground]}"),
    e.CaseClosed: lambda _f, _d: ("公示并归档", ""),
}

_ACT_OF: Final[dict[type[e.CaseFact], Act]] = {
    e.CaseSubmitted: Act.SUBMIT,
    e.FilingCompleted: Act.COMPLETE_FILING,
    e.CorrectionRequested: Act.REQUEST_CORRECTION,
    e.CorrectionSubmitted: Act.SUBMIT_CORRECTION,
    e.CaseAccepted: Act.ACCEPT,
    e.CaseDeemedAccepted: Act.DEEM_ACCEPTED,
    e.ReviewStarted: Act.START_REVIEW,
    e.StepCompleted: Act.COMPLETE_STEP,
    e.ProcedureStarted: Act.START_PROCEDURE,
    e.ProcedureEnded: Act.END_PROCEDURE,
    e.CaseGranted: Act.GRANT,
    e.CaseRefused: Act.REFUSE,
    e.CaseWithdrawn: Act.WITHDRAW,
    e.ResultIssued: Act.ISSUE,
    e.ResultDispatched: Act.DISPATCH,
    e.DeliveryFailed: Act.FAIL_DELIVERY,
    e.ResultServed: Act.SERVE,
    e.CaseClosed: Act.CLOSE,
    e.CaseNotNeeded: Act.DECLARE_NOT_NEEDED,
    e.CaseNotCompetent: Act.DECLARE_NOT_COMPETENT,
    e.MendingOffered: Act.OFFER_MENDING,
    e.CorrectedOnSpot: Act.CORRECT_ON_SPOT,
    e.StepReturned: Act.RETURN_TO_STEP,
    e.FalseMaterialFound: Act.REFUSE_FALSE_MATERIAL,
    e.CaseTerminated: Act.TERMINATE,
    e.ReconsiderationSought: Act.RECONSIDER,
}
