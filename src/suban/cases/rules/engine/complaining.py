"""The applicant turns against a decision, or against silence (R01)."""

from typing import Final

from suban.cases import errors
from suban.cases import events as e
from suban.cases.rules import commands as c
from suban.cases.rules.engine.context import Context, Facts, Table
from suban.cases.rules.remedies import find_complaint, too_late
from suban.cases.rules.state import CaseState


def _reconsider(case: CaseState, command: c.Reconsider, context: Context) -> Facts:
    complaint = find_complaint(case, context.terms, context.calendar, context.today)
    if complaint is None:
        raise errors.MoveNotAllowedError(
            state=case.state,
            act=command.act,
            message="这个办件没有不利的决定，也没有超过法定期限，现在不能申请行政复议。",
        )
    if late := too_late(complaint, context.today):
        raise errors.RemedyTooLateError(late)
    if not command.wish.strip():
        raise errors.ReasonsMissingError("请写明复议请求。", field="wish", article="行政复议法第22条")
    if not command.reasons.strip():
        raise errors.ReasonsMissingError("请写明事实和理由。", field="reasons", article="行政复议法第22条")
    return (
        e.ReconsiderationSought(
            case=case.number,
            against=complaint.against,
            due_on=complaint.deadline.due_on if complaint.deadline else None,
            commitment=command.commitment,
        ),
    )


DECIDE: Final[Table] = {c.Reconsider: _reconsider}
