"""Reconsideration: against what, under which text of the law, until when (行政复议法)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from suban.cases.rules.deadlines import legal_deadline, reconsideration_deadline, say_weekday
from suban.cases.rules.state import CaseState
from suban.cases.rules.terms import Terms
from suban.cases.types import Against, Complaint, Deadline, Reason
from suban.kernel.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyLaw:
    """A text of the 行政复议法: where it says what, and whether inaction goes there before a court."""

    since: date
    name: str
    period: str
    organ: str
    inaction: str
    first: bool


LAWS: Final = (
    RemedyLaw(
        since=date(2024, 1, 1),
        name="行政复议法（2023 年修订）",
        period="第二十条",
        organ="第二十四条",
        inaction="第十一条、第二十三条第一款第三项",
        first=True,
    ),
    RemedyLaw(
        since=date.min,
        name="行政复议法（2017 年修正）",
        period="第九条",
        organ="第十二条",
        inaction="第六条第八项",
        first=False,
    ),
)


def law_on(day: date) -> RemedyLaw:
    """Return the text in force on `day`."""
    return next(law for law in LAWS if law.since <= day)


def find_complaint(case: CaseState, terms: Terms, calendar: WorkingCalendar, today: date) -> Complaint | None:
    """Return what the applicant may complain of on `today`; None when nothing is adverse or overdue."""
    law = law_on(today)
    articles = (law.period, law.organ, law.inaction)
    if case.adverse:
        return Complaint(
            against=Against.DECISION,
            deadline=reconsideration_deadline(case, terms, calendar),
            law=law.name,
            articles=articles,
            first=False,
        )
    legal = legal_deadline(case, terms, calendar)
    if legal is None or today <= legal.due_on:
        return None
    return Complaint(
        against=Against.INACTION,
        deadline=_after_silence(legal, terms.profile.reconsideration_days, law, calendar),
        law=law.name,
        articles=articles,
        first=law.first,
    )


def _after_silence(legal: Deadline, days: int, law: RemedyLaw, calendar: WorkingCalendar) -> Deadline:
    """Return the last day to complain of silence: counted from the day on which the decision was due."""
    last = legal.due_on + timedelta(days=days)
    due = calendar.roll_forward(last)
    because = [
        *legal.because,
        Reason(
            text=f"{say_weekday(legal.due_on)} 法定期限届满没有作出决定，次日起算",
            article="行政复议法实施条例第十六条第一款第一项",
        ),
        Reason(text=f"{days} 日（自然日）届满于 {say_weekday(last)}", article=f"{law.name}{law.period}"),
    ]
    if due != last:
        because.append(
            Reason(text=f"届满日不是工作日，顺延至 {say_weekday(due)}", article="行政复议法第88条")
        )
    return Deadline(
        kind="reconsideration",
        due_on=due,
        because=tuple(because),
        provisional=legal.provisional or calendar.is_provisional(due),
    )


def too_late(complaint: Complaint, today: date) -> str:
    """Return why it is too late, in words; nothing while it is in time."""
    if complaint.deadline is None or today <= complaint.deadline.due_on:
        return ""
    return (
        f"申请行政复议的期限到 {say_weekday(complaint.deadline.due_on)}为止，已经过了。"
        f"因不可抗力或者其他正当理由耽误的，期限自障碍消除之日起继续计算（{complaint.law}{complaint.articles[0]}），"
        "请直接向行政复议机关说明；起诉期限见决定书。"
    )
