"""The turns beside the usual way: turned away, mended, sent back, ended early (T02 to T04, T25, T27)."""

from collections.abc import Iterable
from typing import Final

from suban.cases import errors
from suban.cases import events as e
from suban.cases.rules import commands as c
from suban.cases.rules.deadlines import add_months, notice_deadline
from suban.cases.rules.engine.context import Context, Facts, Table
from suban.cases.rules.engine.deciding import check_decider, check_separation
from suban.cases.rules.engine.preparing import replace_material
from suban.cases.rules.state import CaseState
from suban.cases.types import Ground, State
from suban.catalogue.types import ReviewStep


def _check_in_time(case: CaseState, context: Context) -> None:
    """Let nobody turn away what counts as accepted already (行政许可法第32条第1款第4项)."""
    notice = notice_deadline(case, context.terms, context.calendar)
    if notice and context.today > notice.due_on:
        raise errors.NoticeTooLateError(
            "告知的期限已过，这件申请自收到之日起视为受理，请按受理后的程序办理。", due_on=notice.due_on
        )


def _check_reasons(words: str, message: str, field: str = "reasons") -> None:
    if not words.strip():
        raise errors.ReasonsMissingError(message, field=field)


def _declare_not_needed(case: CaseState, command: c.DeclareNotNeeded, context: Context) -> Facts:
    _check_in_time(case, context)
    _check_reasons(command.reasons, "请写明为什么依法不需要取得这项许可。")
    return (e.CaseNotNeeded(case=case.number, decided_on=context.today, commitment=command.commitment),)


def _declare_not_competent(case: CaseState, command: c.DeclareNotCompetent, context: Context) -> Facts:
    _check_in_time(case, context)
    _check_reasons(command.organ_name, "请写明应当向哪个机关申请。", "organ")
    if command.organ == case.organ:
        raise errors.ReasonsMissingError("选择的就是本机关，请选择有权办理的其他机关。", field="organ")
    _check_reasons(command.reasons, "请写明为什么不属于本机关职权。")
    return (
        e.CaseNotCompetent(
            case=case.number,
            decided_on=context.today,
            organ=command.organ,
            organ_name=command.organ_name,
            commitment=command.commitment,
        ),
    )


def _offer_mending(case: CaseState, command: c.OfferMending, context: Context) -> Facts:
    _check_in_time(case, context)
    if case.mending:
        raise errors.MoveNotAllowedError(
            state=case.state, act=command.act, message="已经请申请人当场更正，请等申请人改好。"
        )
    if not command.fields or not set(command.fields) <= context.terms.mendable:
        raise errors.CorrectionOutsideListError(
            "只有不影响材料和核验的填写错误可以当场更正，其他请一次告知补正。", field="fields"
        )
    _check_reasons(command.words, "请写明哪里写错了。")
    return (e.MendingOffered(case=case.number, fields=command.fields, commitment=command.commitment),)


def _correct_on_spot(case: CaseState, command: c.CorrectOnSpot, _context: Context) -> Facts:
    if not case.mending or not set(command.fields) <= set(case.mending):
        raise errors.MoveNotAllowedError(
            state=case.state, act=command.act, message="现在没有需要当场更正的内容。"
        )
    document = replace_material(case, command.document) if command.document else ()
    return (
        *document,
        e.FormConfirmed(case=case.number, commitment=command.commitment),
        e.CorrectedOnSpot(case=case.number, fields=command.fields),
    )


def earlier_steps(case: CaseState, steps: tuple[ReviewStep, ...], own: str) -> tuple[ReviewStep, ...]:
    """Return the steps done already that lie before the step `own`; before the decision lie all."""
    before = _before(own, steps) if own else frozenset(step.key for step in steps)
    return tuple(step for step in steps if step.key in before and step.key in case.opinions)


def _before(key: str, steps: Iterable[ReviewStep]) -> frozenset[str]:
    after = {step.key: step.after for step in steps}
    found: set[str] = set()
    waiting = list(after.get(key, ()))
    while waiting:
        found.add(step := waiting.pop())
        waiting.extend(other for other in after.get(step, ()) if other not in found)
    return frozenset(found)


def _return_to_step(case: CaseState, command: c.ReturnToStep, context: Context) -> Facts:
    steps = context.terms.steps
    own = command.step if case.state is State.REVIEW else ""
    if command.target not in {step.key for step in earlier_steps(case, steps, own)}:
        raise errors.MoveNotAllowedError(
            state=case.state, act=command.act, message="只能退回到已经办过的前一步，请重新选择。"
        )
    _check_reasons(command.reasons, "请写明为什么退回、需要重新查什么。")
    superseded = tuple(
        step.key
        for step in steps
        if step.key in case.opinions
        and (step.key == command.target or command.target in _before(step.key, steps))
    )
    return (
        e.StepReturned(
            case=case.number,
            step=own,
            target=command.target,
            superseded=superseded,
            commitment=command.commitment,
        ),
    )


def _refuse_false_material(case: CaseState, command: c.RefuseFalseMaterial, context: Context) -> Facts:
    _check_in_time(case, context)
    check_decider(case, context, command.overdue_commitment)
    if not command.slots or not set(command.slots) <= context.terms.slots:
        raise errors.ReasonsMissingError("请指出哪些材料或者填写内容是虚假的。", field="slots")
    _check_reasons(command.reasons, "请写明查明的事实和证据。")
    # The warning is a penalty: the party is told and heard first (行政处罚法第44条、第45条).
    _check_reasons(
        command.heard, "作出警告前应当告知并听取陈述、申辩，请写明当事人的意见和采纳情况。", "heard"
    )
    months = context.terms.profile.reapply_ban_months
    return (
        e.FalseMaterialFound(
            case=case.number,
            decided_on=context.today,
            accepted=case.state is not State.SUBMITTED,
            slots=tuple(sorted(command.slots)),
            commitment=command.commitment,
            heard_commitment=command.heard_commitment,
            overdue_commitment=command.overdue_commitment,
            banned_until=add_months(context.today, months) if months else None,
        ),
    )


def _terminate(case: CaseState, command: c.Terminate, context: Context) -> Facts:
    check_separation(case, context)
    if command.ground is Ground.QUANTITY and not context.terms.limited:
        raise errors.ReasonsMissingError("这个事项没有数量限制，不能以数量用完为由终止。", field="ground")
    _check_reasons(command.basis, "请写明终止的法律依据。", "basis")
    _check_reasons(command.reasons, "请写明终止的事实和理由。")
    return (
        e.CaseTerminated(
            case=case.number,
            decided_on=context.today,
            ground=command.ground,
            commitment=command.commitment,
        ),
    )


DECIDE: Final[Table] = {
    c.DeclareNotNeeded: _declare_not_needed,
    c.DeclareNotCompetent: _declare_not_competent,
    c.OfferMending: _offer_mending,
    c.CorrectOnSpot: _correct_on_spot,
    c.ReturnToStep: _return_to_step,
    c.RefuseFalseMaterial: _refuse_false_material,
    c.Terminate: _terminate,
}
