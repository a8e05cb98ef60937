"""The way of the result to the applicant, and the file put away (T28 to T31)."""

from typing import Final

from suban.cases import errors
from suban.cases import events as e
from suban.cases.rules import commands as c
from suban.cases.rules.engine.context import Context, Facts, Table
from suban.cases.rules.state import CaseState

AUTHORISED_CAPACITIES: Final = frozenset({"addressee", "authorised", "electronic", "window"})
"""Who may receive a result so that the remedy clock starts (送达): never a locker, station or neighbour."""


def _dispatch(case: CaseState, command: c.Dispatch, _context: Context) -> Facts:
    return (e.ResultDispatched(case=case.number, way=command.way, parcel=command.parcel),)


def _serve(case: CaseState, command: c.Serve, _context: Context) -> Facts:
    if command.parcel != case.parcel:
        raise errors.MoveNotAllowedError(
            state=case.state, act=command.act, message="结果正在邮寄，以这个邮件的签收为准。"
        )
    if command.capacity not in AUTHORISED_CAPACITIES:
        raise errors.MoveNotAllowedError(
            state=case.state,
            act=command.act,
            message="只有收件人本人或其授权的人签收才算送达。",
        )
    return (
        e.ResultServed(
            case=case.number,
            served_on=command.served_on,
            capacity=command.capacity,
            parcel=command.parcel,
        ),
    )


def _fail_delivery(case: CaseState, command: c.FailDelivery, _context: Context) -> Facts:
    if command.parcel != case.parcel:
        raise errors.MoveNotAllowedError(
            state=case.state, act=command.act, message="这不是本办件正在寄送的邮件。"
        )
    return (e.DeliveryFailed(case=case.number, parcel=command.parcel, why=command.why),)


DECIDE: Final[Table] = {
    c.Issue: lambda case, command, _context: (e.ResultIssued(case=case.number, result=command.result),),
    c.Dispatch: _dispatch,
    c.FailDelivery: _fail_delivery,
    c.Serve: _serve,
    c.Close: lambda case, _command, context: (e.CaseClosed(case=case.number, closed_on=context.today),),
}
