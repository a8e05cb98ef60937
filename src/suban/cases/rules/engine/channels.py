"""The applicant's channel (优化营商环境条例第37条): whoever applies chooses, and may change."""

from typing import Final

from suban.cases import errors
from suban.cases import events as e
from suban.cases.rules import commands as c
from suban.cases.rules.engine.context import Context, Facts, Table
from suban.cases.rules.state import CaseState
from suban.cases.types import Channel, Seat

SIGNED_ON: Final = frozenset({"paper", "screen"})


def _change_channel(case: CaseState, command: c.ChangeChannel, context: Context) -> Facts:
    at_window = Seat.CLERK.value in context.roles
    if command.channel is Channel.COUNTER and not (at_window and command.present):
        # The clerk acts for whoever stands there, and says who that is.
        raise errors.NotYourSeatError("转到窗口办理，要由窗口工作人员在申请人到场时登记。")
    if command.channel is not Channel.COUNTER and at_window:
        raise errors.NotYourSeatError("只有申请人本人登录后，才能把办件转到网上。")
    if command.channel is not Channel.COUNTER and case.channel is command.channel:
        raise errors.MoveNotAllowedError(
            state=case.state, act=command.act, message="这份申请本来就在网上办理。"
        )
    changed = e.ChannelChanged(
        case=case.number, channel=command.channel, present=command.present, capacity=command.capacity
    )
    return (changed,)


def _sign_form(case: CaseState, command: c.SignForm, context: Context) -> Facts:
    if case.channel is not Channel.COUNTER or Seat.CLERK.value not in context.roles:
        raise errors.NotYourSeatError
    if not case.form_commitment or command.how not in SIGNED_ON:
        raise errors.ReasonsMissingError("请先生成申请表，并说明申请人怎样签字确认。", field="how")
    signed = e.FormSigned(
        case=case.number, how=command.how, present=case.present, commitment=command.commitment
    )
    return (signed,)


DECIDE: Final[Table] = {c.ChangeChannel: _change_channel, c.SignForm: _sign_form}
