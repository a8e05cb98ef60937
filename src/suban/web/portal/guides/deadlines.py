"""How long a matter takes, as a sentence for somebody who would apply today."""

from dataclasses import dataclass
from datetime import date

from suban.catalogue.types import MatterDefinition
from suban.kernel.working_days import WorkingCalendar
from suban.web.portal.guides.words import PAUSE_WORDS, say_days
from suban.web.ui.presentation import DeadlineView, say_day


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseView:
    """Promised and legal time limits, and what they mean for an application made today."""

    promised: str
    legal: str
    legal_article: str
    notice: str
    not_counted: str
    example: DeadlineView


def promise_view(definition: MatterDefinition, *, today: date, calendar: WorkingCalendar) -> PromiseView:
    """Return the time limits of a matter, with the day on which one applied for today would be decided."""
    law = definition.law_profile
    return PromiseView(
        promised=say_days(definition.promised_days, law.unit),
        legal=say_days(law.legal_days, law.unit),
        legal_article=law.article("legal_days"),
        notice=_notice(definition),
        not_counted="、".join(PAUSE_WORDS[kind] for kind in law.pause_kinds),
        example=_example(definition, today=today, calendar=calendar),
    )


def _notice(definition: MatterDefinition) -> str:
    law = definition.law_profile
    if not definition.law_profile.notice_days:
        return "材料不齐的，当场告知。"
    words = f"材料不齐的，{say_days(law.notice_days, law.unit)}内一次告知您需要补正的全部内容"
    return (
        f"{words}；逾期不告知，收到之日起即为受理。"
        if law.on_notice_lapse == "deemed_accept"
        else f"{words}。"
    )


def _example(definition: MatterDefinition, *, today: date, calendar: WorkingCalendar) -> DeadlineView:
    if definition.promised_days == 0:
        return DeadlineView(sentence="信息填写完整，提交后当场办结")
    law = definition.law_profile
    if law.unit != "workday":
        return DeadlineView(sentence=f"受理之日起 {definition.promised_days} 日内作出决定")
    due = calendar.add_working_days(today, definition.promised_days)
    rest = (due - today).days - definition.promised_days
    return DeadlineView(
        sentence=f"如果今天受理，最迟 {say_day(due, today=today)}前作出决定",
        because=(
            f"{say_day(today, today=today)}受理，当天不计入",
            f"往后数 {definition.promised_days} 个工作日，期间有 {rest} 天是周末或节假日，不计入",
            f"工作日按{calendar.source}计算",
        ),
        provisional=calendar.is_provisional(due),
    )
