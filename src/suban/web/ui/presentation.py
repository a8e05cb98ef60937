"""Values that the components show: frozen, in words a person reads, free of tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from suban.kernel.clock import SHANGHAI

WEEKDAYS: Final = "一二三四五六日"

# A status is colour, icon and word together; the tone decides colour and icon.
TONE_ICONS: Final = MappingProxyType(
    {
        "neutral": "clock",
        "info": "info",
        "success": "tick",
        "warning": "warn",
        "danger": "stop",
    },
)


@dataclass(frozen=True, slots=True)
class StatusView:
    """A state as colour, icon and word; `icon` overrides the one of the tone."""

    tone: str
    text: str
    icon: str = ""

    @property
    def sign(self) -> str:
        """Return the icon's name."""
        return self.icon or TONE_ICONS.get(self.tone, "info")


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its words; `current` marks the page itself, `count` stands behind the words."""

    text: str
    url: str
    current: bool = False
    count: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a step bar."""

    title: str
    state: str = ""  # "done", "now" or ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One happening of a timeline."""

    title: str
    when: str = ""
    iso: str = ""
    who: str = ""
    text: str = ""
    state: str = "done"  # "done", "now", "late" or "next"
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineView:
    """A deadline as a sentence, with the steps it was derived by."""

    sentence: str
    because: tuple[str, ...] = ()
    late: bool = False
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A stored file as a page shows it."""

    name: str
    size: int
    url: str = ""
    status: StatusView | None = None
    thumb: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """Where 上一页 and 下一页 lead (keyset paging); empty when there is none."""

    previous: str = ""
    next: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class ErrorItem:
    """One line of an error summary: the field it links to and the words that mend it."""

    field: str
    message: str
    anchor: str = ""

    @property
    def url(self) -> str:
        """Return where it can be mended: an id on this page, or another page."""
        if not self.anchor or self.anchor[0] in "/#":
            return self.anchor
        return f"#{self.anchor}"


@dataclass(frozen=True, slots=True)
class ErrorSummary:
    """All that must be mended on a page before it can go on."""

    items: Sequence[ErrorItem] = field(default_factory=tuple)


def step_views(titles: Sequence[str], current: int, urls: Sequence[str] = ()) -> tuple[StepView, ...]:
    """Return the steps of a step bar of which number `current` (from 0) is the present one."""
    return tuple(
        StepView(
            title,
            "done" if number < current else "now" if number == current else "",
            urls[number] if number < min(current, len(urls)) else "",
        )
        for number, title in enumerate(titles)
    )


def say_day(day: date, *, today: date | None = None) -> str:
    """Return the day as people say it: 10 月 26 日（周四）; with its year when that isn't this one."""
    year = "" if today is not None and today.year == day.year else f"{day.year} 年 "
    return f"{year}{day.month} 月 {day.day} 日（周{WEEKDAYS[day.weekday()]}）"


def say_instant(at: datetime, *, today: date | None = None) -> str:
    """Return the instant in China's time: 10 月 17 日 09:12."""
    local = at.astimezone(SHANGHAI)
    year = "" if today is not None and today.year == local.year else f"{local.year} 年 "
    return f"{year}{local.month} 月 {local.day} 日 {local:%H:%M}"


def say_size(size: int) -> str:
    """Return the size of a file in words: 820 KB, 1.3 MB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB".replace(".0 MB", " MB")
