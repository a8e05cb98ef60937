"""Load and the state of the machine, as supervisors and administrators see them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from suban.cases.types.desk import LoadLine, LoadReport
from suban.identity.types import ROLE_LABELS, Role
from suban.kernel.working_days import WorkingCalendar
from suban.notices.types import DeliveryState, LedgerEntry, LedgerLine
from suban.web.ui.presentation import StatusView, say_instant

UNASSIGNED: Final = "待领取（未分派）"

_DELIVERY_STATES: Final = {
    DeliveryState.QUEUED: StatusView("neutral", "等待发送"),
    DeliveryState.ACCEPTED: StatusView("info", "通道已接收", "out"),
    DeliveryState.DELIVERED: StatusView("success", "已送达"),
    DeliveryState.FAILED: StatusView("danger", "发送失败"),
    DeliveryState.NOT_CONFIGURED: StatusView("warning", "通道未开通"),
}
CHANNEL_WORDS: Final = {"inbox": "站内信", "sms": "短信", "email": "邮件"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerLoad:
    """One line of the load table; `share` is the length of its bar, in percent of the longest."""

    name: str
    task: str
    open: int
    soon: int
    overdue: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """One line of the notices ledger."""

    when: str
    channel: str
    address: str
    title: str
    text: str
    case: str
    status: StatusView
    attempts: int
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """The calendar in force: its years, and which are still a guess."""

    version: str
    source: str
    years: str
    provisional: str
    days: int


def officer_loads(report: LoadReport) -> tuple[OfficerLoad, ...]:
    """Return the load lines with bars."""
    longest = max((line.open for line in report.lines), default=1) or 1
    return tuple(_load(line, longest) for line in report.lines)


def _load(line: LoadLine, longest: int) -> OfficerLoad:
    role = ROLE_LABELS[Role(line.role)] if line.role in set(Role) else line.role
    return OfficerLoad(
        name=line.name or UNASSIGNED,
        task=role,
        open=line.open,
        soon=line.soon,
        overdue=line.overdue,
        share=round(100 * line.open / longest),
    )


def message_line(line: LedgerLine, *, today: date) -> MessageLine:
    """Return a delivery of the ledger in words."""
    return MessageLine(
        when=say_instant(line.entries[0].at, today=today) if line.entries else "",
        channel=CHANNEL_WORDS.get(line.channel, line.channel),
        address="" if line.channel == "inbox" else line.address,
        title=line.title,
        text=line.text,
        case=line.about.removeprefix("case:") if line.about.startswith("case:") else "",
        status=_DELIVERY_STATES[line.state],
        attempts=line.attempts,
        history=tuple(_say_entry(entry, today) for entry in line.entries),
    )


def _say_entry(entry: LedgerEntry, today: date) -> str:
    words = _DELIVERY_STATES[entry.state].text
    return f"{say_instant(entry.at, today=today)} {words} {entry.detail}".strip()


def calendar_view(calendar: WorkingCalendar, today: date) -> CalendarView:
    """Return the calendar in force; `today` tells which years matter."""
    years = sorted({day.year for day in calendar.days})
    guesses = sorted(year for year in calendar.provisional_years if year >= today.year)
    return CalendarView(
        version=calendar.version,
        source=calendar.source,
        years=f"{years[0]}–{years[-1]} 年" if years else "",
        provisional="、".join(f"{year} 年" for year in guesses),
        days=len(calendar.days),
    )
