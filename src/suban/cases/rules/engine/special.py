"""Special procedures: their beginning and end (T14, T15; 行政许可法第45条)."""

from typing import Final

from suban.cases import errors
from suban.cases import events as e
from suban.cases.rules import commands as c
from suban.cases.rules.engine.context import Context, Facts, Table
from suban.cases.rules.state import CaseState
from suban.cases.types.procedures import PROCEDURE_NAMES

_LONGEST: Final = 250


def open_kinds(case: CaseState, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds of the matter's law that aren't under way now."""
    running = {one.kind for one in case.procedures if one.ended_on is None}
    return tuple(kind for kind in kinds if kind in PROCEDURE_NAMES and kind not in running)


def check_none_open(case: CaseState) -> None:
    """Let nobody conclude the review while a special procedure is under way.

    :raises ProcedureOpenError: one is.
    """
    running = [one.name for one in case.procedures if one.ended_on is None]
    if running:
        raise errors.ProcedureOpenError(
            f"{'、'.join(running)}还没有结束，请先登记结果，再提交审查意见。", kinds=running
        )


def _start(case: CaseState, command: c.StartProcedure, context: Context) -> Facts:
    if command.kind not in context.terms.profile.pause_kinds:
        raise errors.ProcedureKindError(
            "这个事项的法律依据没有这种特别程序，不能因此扣除办理时间。",
            kind=command.kind,
            article="行政许可法第45条",
        )
    if command.kind not in open_kinds(case, context.terms.profile.pause_kinds):
        raise errors.ProcedureOpenError("同一种特别程序正在进行，不用再次启动。", kinds=[command.kind])
    if not 1 <= command.days <= _LONGEST:
        raise errors.ReasonsMissingError(
            f"请写明预计需要几个工作日（1 至 {_LONGEST}），这个时间要书面告知申请人。", field="days"
        )
    if not command.reason.strip():
        raise errors.ReasonsMissingError("请写明为什么需要这项程序，理由会写进告知书。", field="reason")
    return (
        e.ProcedureStarted(
            case=case.number,
            key=command.key,
            kind=command.kind,
            started_on=context.today,
            expected_on=context.calendar.add_working_days(context.today, command.days),
            commitment=command.commitment,
        ),
    )


def _end(case: CaseState, command: c.EndProcedure, context: Context) -> Facts:
    running = next((one for one in case.procedures if one.key == command.key), None)
    if running is None or running.ended_on is not None:
        raise errors.MoveNotAllowedError(
            state=case.state, act=command.act, message="这项特别程序已经结束，请刷新页面看看最新情况。"
        )
    if not command.result.strip():
        raise errors.ReasonsMissingError("请写明这项程序的结果。", field="result")
    return (
        e.ProcedureEnded(
            case=case.number,
            key=command.key,
            ended_on=context.today,
            commitment=command.commitment,
            report=command.report,
        ),
    )


DECIDE: Final[Table] = {c.StartProcedure: _start, c.EndProcedure: _end}
