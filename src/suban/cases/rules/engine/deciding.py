"""Granting and refusing (T11, T23, T24)."""

from typing import Final

from suban.cases import errors
from suban.cases import events as e
from suban.cases.rules import commands as c
from suban.cases.rules.deadlines import legal_deadline
from suban.cases.rules.engine.context import Context, Facts, Table
from suban.cases.rules.state import CaseState


def check_separation(case: CaseState, context: Context) -> None:
    """Let nobody decide what the same person accepted.

    :raises SeparationOfDutiesError: the actor accepted the case.
    """
    if context.terms.separation and case.accepted_by == context.actor:
        raise errors.SeparationOfDutiesError("受理人不能同时作出决定，请由其他负责人办理。")


def check_decider(case: CaseState, context: Context, overdue_commitment: str) -> None:
    """Let nobody decide what the same person accepted, nor too late without saying why.

    :raises SeparationOfDutiesError: the actor accepted the case.
    :raises ReasonsMissingError: the legal day is over and no reason is given (优化营商环境条例第36条).
    """
    check_separation(case, context)
    legal = legal_deadline(case, context.terms, context.calendar)
    if legal and context.today > legal.due_on and not overdue_commitment:
        raise errors.ReasonsMissingError("已超过法定期限，请说明逾期理由。", field="overdue_reason")


def _grant(case: CaseState, command: c.Grant, context: Context) -> Facts:
    check_decider(case, context, command.overdue_commitment)
    return (
        e.CaseGranted(
            case=case.number,
            decided_on=context.today,
            overdue_commitment=command.overdue_commitment,
        ),
    )


def _grant_on_spot(case: CaseState, command: c.GrantOnSpot, context: Context) -> Facts:
    if not context.terms.instant:
        raise errors.MoveNotAllowedError(
            state=case.state,
            act=command.act,
            message="这个事项需要审查，不能当场决定。",
        )
    check_decider(case, context, "")
    return (e.CaseGranted(case=case.number, decided_on=context.today, on_spot=True),)


def _refuse(case: CaseState, command: c.Refuse, context: Context) -> Facts:
    if not command.reasons.strip():
        raise errors.ReasonsMissingError(
            "不予许可应当说明理由。", field="reasons", article="行政许可法第38条第2款"
        )
    check_decider(case, context, command.overdue_commitment)
    return (
        e.CaseRefused(
            case=case.number,
            decided_on=context.today,
            commitment=command.commitment,
            overdue_commitment=command.overdue_commitment,
        ),
    )


DECIDE: Final[Table] = {
    c.Grant: _grant,
    c.GrantOnSpot: _grant_on_spot,
    c.Refuse: _refuse,
}
