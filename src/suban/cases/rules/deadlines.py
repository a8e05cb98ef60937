"""By when: every day that counts for a case, derived line by line from facts, law profile and calendar.

The start day does not count and a last day that is no working day moves to the next one
(民事诉讼法第85条, applied by 行政复议法第88条). Periods of the licensing law are working days
(行政许可法第82条).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from suban.cases.rules.endings import ENDED
from suban.cases.rules.state import CaseState
from suban.cases.rules.suspensions import Excluded, Span, exclude
from suban.cases.rules.terms import Terms
from suban.cases.types import Deadline, Reason, State, Suspension
from suban.catalogue.types import Frame
from suban.kernel.working_days import WorkingCalendar

_NOTHING: Final = Excluded()
_NOTICE_STATES: Final = frozenset({State.SUBMITTED})
_DECISION_STATES: Final = frozenset({State.ACCEPTED, State.REVIEW, State.PROPOSED})
_DELIVERY_STATES: Final = frozenset(
    {State.GRANTED, State.REFUSED, State.FILED, State.ISSUED, State.DISPATCHED, *ENDED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A length of time as a statute gives it."""

    kind: str
    days: int
    article: str
    what: str


def deadlines(case: CaseState, terms: Terms, calendar: WorkingCalendar) -> tuple[Deadline, ...]:
    """Return every deadline that runs for `case` now, the nearest first."""
    running = [deadline for rule in _RULES if (deadline := rule(case, terms, calendar))]
    return tuple(sorted(running, key=lambda deadline: (deadline.due_on, deadline.kind)))


def notice_deadline(case: CaseState, terms: Terms, calendar: WorkingCalendar) -> Deadline | None:
    """Return the last day to ask for corrections (C1); after it the application counts as accepted."""
    if case.frame is not Frame.LICENCE or case.state not in _NOTICE_STATES or case.received_on is None:
        return None
    period = Period(
        kind="notice",
        days=terms.profile.notice_days,
        article=terms.profile.article("notice_days"),
        what="一次性告知需要补正的全部内容",
    )
    return _after(case.received_on, "收到申请材料", period, terms, calendar)


def legal_deadline(case: CaseState, terms: Terms, calendar: WorkingCalendar) -> Deadline | None:
    """Return the last day that the law gives for the decision (C2); None while it stands still (C4)."""
    return _decision_deadline(case, terms, calendar, kind="legal")


def promised_deadline(case: CaseState, terms: Terms, calendar: WorkingCalendar) -> Deadline | None:
    """Return the last day that the organ promised for the decision (C3)."""
    return _decision_deadline(case, terms, calendar, kind="promised")


def suspension(case: CaseState, terms: Terms, calendar: WorkingCalendar) -> Suspension | None:
    """Return why the legal clock stands still now and what is left of it; None while it runs (C4)."""
    anchor = _anchor(case, terms)
    if anchor is None:
        return None
    legal = _excluded(case, anchor, terms.profile.legal_days, terms, calendar)
    if legal.open is None:
        return None
    promised = _excluded(case, anchor, terms.promised_days, terms, calendar)
    running = [one for one in case.procedures if one.ended_on is None]
    return Suspension(
        since=legal.open.start,
        expected_on=max(one.expected_on for one in running),
        names=tuple(one.name for one in running),
        legal_left=_left(legal, anchor, terms.profile.legal_days, terms, calendar) or 0,
        promised_left=_left(promised, anchor, terms.promised_days, terms, calendar),
    )


def _left(excluded: Excluded, anchor: date, days: int, terms: Terms, calendar: WorkingCalendar) -> int | None:
    if excluded.open is None:
        return None
    until = _last_day(anchor, days + excluded.days, terms, calendar)
    return _count(excluded.open.start, until, terms, calendar)


def _anchor(case: CaseState, terms: Terms) -> date | None:
    if case.state not in _DECISION_STATES:
        return None
    return case.received_on if terms.profile.anchor == "received" else case.accepted_on


def _excluded(case: CaseState, anchor: date, days: int, terms: Terms, calendar: WorkingCalendar) -> Excluded:
    return exclude(
        case.procedures,
        last_day=lambda extra: _last_day(anchor, days + extra, terms, calendar),
        count=lambda start, end: _count(start, end, terms, calendar),
    )


def _last_day(start: date, days: int, terms: Terms, calendar: WorkingCalendar) -> date:
    if terms.profile.unit == "workday":
        return calendar.add_working_days(start, days)
    return calendar.roll_forward(start + timedelta(days=days))


def _count(start: date, end: date, terms: Terms, calendar: WorkingCalendar) -> int:
    if terms.profile.unit == "workday":
        return calendar.count_working_days(start, end)
    return (end - start).days


def _decision_deadline(
    case: CaseState,
    terms: Terms,
    calendar: WorkingCalendar,
    *,
    kind: str,
) -> Deadline | None:
    anchor = _anchor(case, terms)
    if anchor is None:
        return None
    from_receipt = terms.profile.anchor == "received"
    why = (
        "收到申请"
        if from_receipt
        else ("逾期未告知补正，自收到申请之日起视为受理" if case.deemed else "受理申请")
    )
    if kind == "legal":
        period = Period(
            kind=kind,
            days=terms.profile.legal_days,
            article=terms.profile.article("legal_days"),
            what="作出决定（法定）",
        )
    else:
        period = Period(
            kind=kind, days=terms.promised_days, article="本事项办事指南", what="作出决定（承诺）"
        )
    excluded = _excluded(case, anchor, period.days, terms, calendar)
    if excluded.open:
        return None
    return _after(anchor, why, period, terms, calendar, excluded=excluded)


def delivery_deadline(case: CaseState, terms: Terms, calendar: WorkingCalendar) -> Deadline | None:
    """Return the last day to deliver the result (C5)."""
    if case.state not in _DELIVERY_STATES or case.decided_on is None or terms.profile.delivery_days is None:
        return None
    period = Period(
        kind="delivery",
        days=terms.profile.delivery_days,
        article=terms.profile.article("delivery_days"),
        what="颁发、送达证件或决定",
    )
    return _after(case.decided_on, "作出决定", period, terms, calendar, working=True)


def reconsideration_deadline(case: CaseState, terms: Terms, calendar: WorkingCalendar) -> Deadline | None:
    """Return the last day to apply for reconsideration of a refusal (C10); calendar days, from service."""
    if not case.adverse or case.served_on is None:
        return None
    days = terms.profile.reconsideration_days
    last = case.served_on + timedelta(days=days)
    what = f"{days} 日（自然日）"
    return _remedy(
        "reconsideration", case.served_on, last, what, terms.profile.article("reconsideration_days"), calendar
    )


def lawsuit_deadline(case: CaseState, terms: Terms, calendar: WorkingCalendar) -> Deadline | None:
    """Return the last day to sue over a refusal (C10); months, from service."""
    if not case.adverse or case.served_on is None:
        return None
    months = terms.profile.litigation_months
    last = add_months(case.served_on, months)
    what = f"{months} 个月"
    return _remedy(
        "lawsuit", case.served_on, last, what, terms.profile.article("litigation_months"), calendar
    )


def _remedy(
    kind: str, served_on: date, last: date, what: str, article: str, calendar: WorkingCalendar
) -> Deadline:
    due = calendar.roll_forward(last)
    because = [
        Reason(text=f"{say_weekday(served_on)} 送达，次日起算"),
        Reason(text=f"{what}届满于 {say_weekday(last)}", article=article),
    ]
    if due != last:
        because.append(
            Reason(text=f"届满日不是工作日，顺延至 {say_weekday(due)}", article="行政复议法第88条")
        )
    return Deadline(kind=kind, due_on=due, because=tuple(because), provisional=calendar.is_provisional(due))


def add_months(start: date, months: int) -> date:
    """Return the day `months` later with the same day number, or that month's last day."""
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=start.day - 1), following - timedelta(days=1))


_RULES: Final[tuple[Callable[[CaseState, Terms, WorkingCalendar], Deadline | None], ...]] = (
    notice_deadline,
    promised_deadline,
    legal_deadline,
    delivery_deadline,
    reconsideration_deadline,
    lawsuit_deadline,
)


def _after(
    start: date,
    why: str,
    period: Period,
    terms: Terms,
    calendar: WorkingCalendar,
    *,
    working: bool = False,
    excluded: Excluded = _NOTHING,
) -> Deadline:
    """Return the deadline `period` after `start`, the days of `excluded` not counted.

    `working` is for periods that their statute gives in working days whatever the matter's own unit is.
    """
    lines = [Reason(text=f"{say_weekday(start)} {why}，当日不计入")]
    if working or terms.profile.unit == "workday":
        due = calendar.add_working_days(start, period.days + excluded.days)
        lines.append(Reason(text=f"{period.days} 个工作日内{period.what}", article=period.article))
        lines.extend(_taken_out(excluded.spans, terms, calendar))
        lines.extend(_skipped(start, due, calendar))
    else:
        last = start + timedelta(days=period.days + excluded.days)
        due = calendar.roll_forward(last)
        lines.append(Reason(text=f"{period.days} 日（自然日）内{period.what}", article=period.article))
        lines.extend(_taken_out(excluded.spans, terms, calendar))
        if due != last:
            lines.append(Reason(text=f"{say_weekday(last)} 不是工作日，顺延", article="行政复议法第88条"))
    lines.append(Reason(text=f"最迟 {say_weekday(due)}；工作日历版本 {calendar.version}"))
    provisional = calendar.is_provisional(due)
    if provisional:
        lines.append(Reason(text="该年度的放假安排尚未公布，公布后将自动重算"))
    return Deadline(kind=period.kind, due_on=due, because=tuple(lines), provisional=provisional)


def _taken_out(spans: tuple[Span, ...], terms: Terms, calendar: WorkingCalendar) -> list[Reason]:
    unit = "个工作日" if terms.profile.unit == "workday" else "日"
    article = terms.profile.article("pause_kinds") or "行政许可法第45条"
    return [
        Reason(
            text=f"{'、'.join(span.names)}所需时间不计入："
            f"{say_weekday(span.start)}次日至 {say_weekday(span.end)}，"
            f"{_count(span.start, span.end, terms, calendar)} {unit}",
            article=article,
        )
        for span in spans
        if span.end
    ]


def _skipped(start: date, due: date, calendar: WorkingCalendar) -> list[Reason]:
    days = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]
    resting = [day for day in days if not calendar.is_working_day(day)]
    made_up = [day for day in days if day.weekday() >= 5 and calendar.is_working_day(day)]
    lines = []
    if resting:
        lines.append(Reason(text="不计入的休息日和节假日：" + _ranges(resting), article="行政许可法第82条"))
    if made_up:
        lines.append(Reason(text="调休上班、计入的日子：" + _ranges(made_up), article="国务院办公厅放假安排"))
    return lines


def _ranges(days: list[date]) -> str:
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(
        f"{run[0].month}月{run[0].day}日" + (f"至{run[-1].month}月{run[-1].day}日" if len(run) > 1 else "")
        for run in runs
    )


def say_weekday(day: date) -> str:
    """Return a day in words, with its day of the week."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日（周{'一二三四五六日'[day.weekday()]}）"
