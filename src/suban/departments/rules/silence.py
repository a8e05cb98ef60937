"""When a department's silence is told, and how loudly."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from suban.departments.types import Alarm

UNHEARD_AFTER: Final = timedelta(hours=24)
GAP_AFTER: Final = timedelta(hours=1)
SOON: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What is known when somebody looks; `is_open` says that the department has still to act."""

    is_open: bool
    pushed_at: datetime | None
    heard_at: datetime | None
    waiting_since: datetime | None
    due_on: date | None
    due_kind: str
    deemed_unheard: bool


def find_alarm(watch: Watch, *, at: datetime, today: date) -> tuple[Alarm, str]:
    """Return how urgent the silence is, and what it is about."""
    if not watch.is_open:
        return Alarm.NONE, ""
    if watch.deemed_unheard:
        return Alarm.RED, "逾期没有告知，已视为受理"
    if watch.due_on is not None and today > watch.due_on and watch.due_kind in _OVERDUE:
        return Alarm.RED, _OVERDUE[watch.due_kind]
    return _find_yellow(watch, at=at, today=today)


def _find_yellow(watch: Watch, *, at: datetime, today: date) -> tuple[Alarm, str]:
    if watch.due_on is not None and today >= watch.due_on - SOON and watch.due_kind in _SOON:
        return Alarm.YELLOW, _SOON[watch.due_kind]
    if watch.waiting_since and at - watch.waiting_since > GAP_AFTER:
        return Alarm.YELLOW, "缺少前序消息，后面的消息在等待"
    unheard = watch.heard_at is None or (watch.pushed_at is not None and watch.heard_at < watch.pushed_at)
    if watch.pushed_at is not None and unheard and at - watch.pushed_at > UNHEARD_AFTER:
        return Alarm.YELLOW, "推送一天后仍没有任何回音"
    return Alarm.NONE, ""


_OVERDUE: Final = {
    "notice": "一次性告知的期限已过，没有消息",
    "promised": "承诺期限已过，没有决定",
    "legal": "法定期限已过，没有决定",
}
_SOON: Final = {
    "notice": "一次性告知的期限将到，没有消息",
    "promised": "承诺期限将到，没有决定",
    "legal": "法定期限将到，没有决定",
}
