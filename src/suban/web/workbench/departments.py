"""What passed between cases and departments' systems, in words and colours."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse

from suban.departments.types import (
    Alarm,
    HandledFile,
    HandledLine,
    MessageKind,
    MessageView,
    Outcome,
    PushKind,
    PushState,
    PushView,
)
from suban.web.ui.presentation import StatusView, say_instant

PUSH_WORDS: Final = {
    PushKind.CASE_SUBMITTED: "申请和材料",
    PushKind.CORRECTION_SUBMITTED: "补正后的申请和材料",
    PushKind.CASE_WITHDRAWN: "申请人撤回",
    PushKind.STATUS_QUERY: "询问进度",
}
MESSAGE_WORDS: Final = {
    MessageKind.RECEIVED: "已接收",
    MessageKind.CORRECTION_REQUESTED: "要求补正",
    MessageKind.ACCEPTED: "受理",
    MessageKind.STEP_COMPLETED: "审查意见",
    MessageKind.GRANTED: "准予",
    MessageKind.REFUSED: "不予",
    MessageKind.WITHDRAWAL_ACKNOWLEDGED: "已知悉撤回",
    MessageKind.STATUS: "进度说明",
}
_PUSH_STATES: Final = {
    PushState.WAITING: StatusView("neutral", "等待推送"),
    PushState.DELIVERED: StatusView("success", "已送到"),
    PushState.FAILED: StatusView("danger", "推送失败"),
}
_OUTCOMES: Final = {
    Outcome.APPLIED: StatusView("success", "已采用"),
    Outcome.WAITING: StatusView("warning", "等待前序消息", "pause"),
    Outcome.CONTRADICTORY: StatusView("danger", "矛盾，没有采用"),
    Outcome.REFUSED: StatusView("warning", "缺内容，没有采用"),
}
_ALARMS: Final = {Alarm.YELLOW: "warning", Alarm.RED: "danger"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandledRow:
    """A line of the list; `signs` say what somebody has to look at."""

    number: str
    url: str
    matter: str
    system: str
    pushed: str
    heard: str
    signs: tuple[StatusView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PushRow:
    """A push in the record of a case."""

    ref: str
    what: str
    status: StatusView
    when: str
    attempts: int
    error: str
    may_resend: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """A message in the record of a case."""

    id: int
    sequence: int
    what: str
    said: str
    came: str
    status: StatusView
    reason: str
    late: bool
    may_settle: bool
    settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandledPageView:
    """Everything that passed about one case."""

    row: HandledRow
    pushes: tuple[PushRow, ...]
    messages: tuple[MessageRow, ...]


def handled_rows(lines: tuple[HandledLine, ...], *, today: date) -> tuple[HandledRow, ...]:
    """Return the lines of the list."""
    return tuple(_row(line, today) for line in lines)


def handled_view(file: HandledFile, *, today: date) -> HandledPageView:
    """Return the record of a case."""
    return HandledPageView(
        row=_row(file.line, today),
        pushes=tuple(_push(push, today) for push in file.pushes),
        messages=tuple(_message(message, today) for message in file.messages),
    )


def signs_of(line: HandledLine) -> tuple[StatusView, ...]:
    """Return what somebody has to look at, the worst first."""
    signs = []
    if line.alarm is not Alarm.NONE:
        signs.append(StatusView(_ALARMS[line.alarm], line.alarm_text))
    if line.failed_pushes:
        signs.append(StatusView("danger", "推送失败"))
    if line.contradictions:
        signs.append(StatusView("warning", f"{line.contradictions} 条消息待核实"))
    return tuple(signs)


def _row(line: HandledLine, today: date) -> HandledRow:
    return HandledRow(
        number=line.number,
        url=reverse("workbench:handled", args=[line.number]),
        matter=line.matter_name,
        system=line.system,
        pushed=say_instant(line.pushed_at, today=today) if line.pushed_at else "还没有送到",
        heard=say_instant(line.last_heard_at, today=today) if line.last_heard_at else "还没有消息",
        signs=signs_of(line),
    )


def _push(push: PushView, today: date) -> PushRow:
    at = push.delivered_at or push.planned_at
    return PushRow(
        ref=push.ref,
        what=PUSH_WORDS[push.kind],
        status=_PUSH_STATES[push.state],
        when=say_instant(at, today=today),
        attempts=push.attempts,
        error=push.error,
        may_resend=push.state is PushState.FAILED,
    )


def _message(message: MessageView, today: date) -> MessageRow:
    doubtful = message.outcome in {Outcome.CONTRADICTORY, Outcome.REFUSED}
    return MessageRow(
        id=message.id,
        sequence=message.sequence,
        what=MESSAGE_WORDS[message.kind],
        said=say_instant(message.said_at, today=today),
        came=say_instant(message.received_at, today=today),
        status=_OUTCOMES[message.outcome],
        reason=message.reason,
        late=message.late,
        may_settle=doubtful and not message.settled,
        settled=message.settled,
    )
