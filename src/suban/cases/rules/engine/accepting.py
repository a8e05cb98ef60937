"""From submission to acceptance (T01 to T10), and back by the applicant (T26)."""

from typing import Final

from suban.cases import errors
from suban.cases import events as e
from suban.cases.rules import commands as c
from suban.cases.rules.deadlines import notice_deadline
from suban.cases.rules.engine.context import Context, Facts, Table
from suban.cases.rules.engine.reviewing import begin_review
from suban.cases.rules.state import CaseState
from suban.cases.types import Channel, Deadline


def _submit(case: CaseState, command: c.Submit, context: Context) -> Facts:
    _check_complete(context)
    if command.channel is Channel.COUNTER and case.signed != case.form_commitment:
        raise errors.IncompleteApplicationError(
            "申请人还没有在窗口核对并签字确认申请表。",
            problems=[{"where": "form", "key": "form", "message": "请申请人核对申请表并签字确认。"}],
        )
    # Receipt online is the moment of entry into the system (电子签名法第11条, by analogy).
    received = e.CaseSubmitted(
        case=case.number,
        official_number=command.official_number,
        received_at=context.at,
        received_on=context.today,
        channel=command.channel,
        delivery=command.delivery,
    )
    return (received,)


def _submit_correction(case: CaseState, _command: c.SubmitCorrection, context: Context) -> Facts:
    _check_complete(context)
    return (e.CorrectionSubmitted(case=case.number, received_on=context.today),)


def _check_complete(context: Context) -> None:
    if context.problems:
        raise errors.IncompleteApplicationError(
            f"还有 {len(context.problems)} 处需要补充或修改。",
            problems=list(context.problems),
        )


def _request_correction(case: CaseState, command: c.RequestCorrection, context: Context) -> Facts:
    if case.corrections:
        raise errors.SecondCorrectionError(
            "补正内容应当一次告知，不能再次要求补正。", article="行政许可法第32条、第72条第4项"
        )
    if not command.items:
        raise errors.ReasonsMissingError("请至少写明一处需要补正的内容。")
    for item in command.items:
        if item.slot not in context.terms.slots:
            raise errors.CorrectionOutsideListError("只能要求补正办事指南列出的材料。", slot=item.slot)
        if not item.defect.strip() or not item.basis.strip():
            raise errors.ReasonsMissingError("每一处补正都要写明缺陷和依据。", slot=item.slot)
    notice = notice_deadline(case, context.terms, context.calendar)
    if notice and context.today > notice.due_on:
        raise errors.CorrectionTooLateError(
            "一次性告知的期限已过，自收到申请之日起视为受理，不能再要求补正。",
            due_on=notice.due_on,
        )
    slots = tuple(sorted({item.slot for item in command.items}))
    return (
        e.CorrectionRequested(
            case=case.number,
            slots=slots,
            commitment=command.commitment,
        ),
    )


def _accept(case: CaseState, _command: c.Accept, context: Context) -> Facts:
    notice = notice_deadline(case, context.terms, context.calendar)
    if notice and context.today > notice.due_on:
        # The law has accepted it already; a clerk who is late can't move the clock.
        return _lapse(case, notice, context)
    _check_complete(context)
    accepted = e.CaseAccepted(case=case.number, accepted_on=context.today)
    return (accepted, *begin_review(case, context))


def _deem_accepted(case: CaseState, command: c.DeemAccepted, context: Context) -> Facts:
    notice = notice_deadline(case, context.terms, context.calendar)
    if notice is None or context.today <= notice.due_on:
        raise errors.MoveNotAllowedError(
            state=case.state,
            act=command.act,
            message="一次性告知的期限还没有过，不能视为受理。",
        )
    return _lapse(case, notice, context)


def _lapse(case: CaseState, notice: Deadline, context: Context) -> Facts:
    """Accept from the day of receipt, because no notice came by `notice`."""
    received = case.received_on or notice.due_on
    lapsed = e.CaseDeemedAccepted(case=case.number, accepted_on=received, lapsed_on=notice.due_on)
    return (lapsed, *begin_review(case, context))


DECIDE: Final[Table] = {
    c.Submit: _submit,
    c.CompleteFiling: lambda case, command, context: (
        e.FilingCompleted(case=case.number, completed_on=context.today, result_number=command.result_number),
    ),
    c.RequestCorrection: _request_correction,
    c.SubmitCorrection: _submit_correction,
    c.Accept: _accept,
    c.DeemAccepted: _deem_accepted,
    c.Withdraw: lambda case, _command, _context: (e.CaseWithdrawn(case=case.number),),
}
