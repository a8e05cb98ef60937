"""The words of the context, and the frozen values that it gives to others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class PushKind(StrEnum):
    """What is pushed to a department's system."""

    CASE_SUBMITTED = "case_submitted"  # 收件推送
    CORRECTION_SUBMITTED = "correction_submitted"  # 补正推送
    CASE_WITHDRAWN = "case_withdrawn"  # 撤回推送
    STATUS_QUERY = "status_query"  # 进度查询


class PushState(StrEnum):
    """What became of a push."""

    WAITING = "waiting"  # 待推送
    DELIVERED = "delivered"  # 已送达
    FAILED = "failed"  # 推送失败


class MessageKind(StrEnum):
    """What a department's system says."""

    RECEIVED = "received"  # 已接收
    CORRECTION_REQUESTED = "correction_requested"  # 补正告知
    ACCEPTED = "accepted"  # 受理
    STEP_COMPLETED = "step_completed"  # 审查意见
    GRANTED = "granted"  # 准予
    REFUSED = "refused"  # 不予
    WITHDRAWAL_ACKNOWLEDGED = "withdrawal_acknowledged"  # 撤回已知
    STATUS = "status"  # 进度说明


class Outcome(StrEnum):
    """What became of a message."""

    APPLIED = "applied"  # 已采用
    WAITING = "waiting"  # 等待前序
    CONTRADICTORY = "contradictory"  # 矛盾
    REFUSED = "refused"  # 拒收


class Alarm(StrEnum):
    """How urgent a silence is."""

    NONE = ""
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request as its signature covers it."""

    method: str
    path: str
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemView:
    """A registered system, without its secrets."""

    key: str
    name: str
    organ: str
    url: str
    enabled: bool
    has_previous_secret: bool
    registered_at: datetime
    last_heard_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a push goes, and with which secret it is signed."""

    key: str
    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """What became of a message, as its sender is told; `next_sequence` is the number waited for."""

    message_id: str
    sequence: int
    outcome: Outcome
    code: str
    message: str
    next_sequence: int
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PushView:
    """A push as officers see it."""

    ref: str
    kind: PushKind
    state: PushState
    sequence: int
    attempts: int
    planned_at: datetime
    delivered_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """A message as officers see it: what it said, when, and what became of it; no free text."""

    id: int
    message_id: str
    kind: MessageKind
    sequence: int
    said_at: datetime
    received_at: datetime
    outcome: Outcome
    code: str
    reason: str
    late: bool
    settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandledLine:
    """A case in a department's system, in the list of those who watch."""

    number: str
    matter_name: str
    organ: str
    system: str
    alarm: Alarm
    alarm_text: str
    contradictions: int
    failed_pushes: int
    last_heard_at: datetime | None
    pushed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandledPage:
    """A page of such cases; `next_cursor` is empty on the last one."""

    lines: tuple[HandledLine, ...]
    next_cursor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandledFile:
    """Everything that passed between a case and the department's system, the newest first."""

    line: HandledLine
    pushes: tuple[PushView, ...]
    messages: tuple[MessageView, ...]


Payload = Mapping[str, Any]
