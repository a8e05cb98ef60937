"""The worklist as its page shows it: views with counts, filters, rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from suban.cases.types import WorkLine
from suban.web.ui.presentation import Link, PageLinks, StatusView, say_day
from suban.web.workbench.words import CHANNEL_WORDS, remaining_status

VIEW_WORDS: Final = (
    ("mine", "分给我的"),
    ("open", "全部待办"),
    ("soon", "三天内到期"),
    ("overdue", "已超期"),
)
VIEWS: Final = frozenset(key for key, _ in VIEW_WORDS)
FILTERS: Final = ("matter", "task", "text")
CURSOR: Final = "after"
CEILING: Final = 1000
PAUSED: Final = StatusView("info", "已暂停", "clock")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One line of the table."""

    url: str
    number: str
    official_number: str
    applicant: str
    matter: str
    step: str
    remaining: StatusView
    due: str
    channel: str
    flags: tuple[StatusView, ...]


def say_count(count: int) -> str:
    """Return a count as the tabs show it; nobody counts beyond 999."""
    return "999+" if count >= CEILING else str(count)


def view_links(current: str, counts: Mapping[str, int], query: Mapping[str, str]) -> tuple[Link, ...]:
    """Return the saved views with their counts; the filters stay."""
    kept = {name: query[name] for name in FILTERS if query.get(name)}
    return tuple(
        Link(
            words,
            f"?{urlencode({'view': view, **kept})}",
            current=view == current,
            count=say_count(counts.get(view, 0)),
        )
        for view, words in VIEW_WORDS
    )


def read_filters(query: Mapping[str, str]) -> dict[str, str]:
    """Return what the list is narrowed by."""
    return {name: value for name in FILTERS if (value := query.get(name, "").strip()[:40])}


def page_links(view: str, query: Mapping[str, str], next_cursor: str) -> PageLinks:
    """Return the ways onward and back to the first page."""
    kept = {"view": view, **read_filters(query)}
    first = f"?{urlencode(kept)}" if query.get(CURSOR) else ""
    onward = f"?{urlencode({**kept, CURSOR: next_cursor})}" if next_cursor else ""
    return PageLinks(previous=first, next=onward)


def work_rows(lines: Iterable[WorkLine], *, today: date) -> list[WorkRow]:
    """Return the lines as rows."""
    return [
        WorkRow(
            url=reverse("workbench:case", args=[line.number]),
            number=line.number,
            official_number=line.official_number,
            applicant=line.party_label,
            matter=line.matter_name,
            step=line.task_label,
            remaining=PAUSED if line.paused else remaining_status(line.days_left),
            due=f"特别程序预计到 {say_day(line.due_on, today=today)}"
            if line.paused
            else say_day(line.due_on, today=today),
            channel=CHANNEL_WORDS.get(line.channel, line.channel),
            flags=_flags(line),
        )
        for line in lines
    ]


def _flags(line: WorkLine) -> tuple[StatusView, ...]:
    return (StatusView("info", "补正后", "swap"),) if line.corrected else ()
