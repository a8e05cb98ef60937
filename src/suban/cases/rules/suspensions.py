"""Which days of special procedures don't count (行政许可法第45条).

A procedure from `started_on` to `ended_on` takes out the days of (started_on, ended_on]: the day on which it
begins still counts, the day on which it ends doesn't. The law is silent on this; docs/law/licence.md says so.
Procedures that overlap take a day out once. One that begins after the last day was over heals no delay.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from suban.cases.types.procedures import Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Procedures that run into one another; open while `end` is empty."""

    start: date
    end: date | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """What is taken out: closed spans, the number of their days, and the span still open, if any."""

    days: int = 0
    spans: tuple[Span, ...] = ()
    open: Span | None = None


def merge_procedures(procedures: Iterable[Procedure]) -> tuple[Span, ...]:
    """Return the procedures as spans that don't overlap, the earliest first."""
    spans: list[Span] = []
    for one in sorted(procedures, key=lambda one: (one.started_on, one.key)):
        last = spans[-1] if spans else None
        if last and (last.end is None or one.started_on <= last.end):
            ends = (last.end, one.ended_on)
            end = None if None in ends else max(day for day in ends if day)
            names = last.names if one.name in last.names else (*last.names, one.name)
            spans[-1] = Span(start=last.start, end=end, names=names)
        else:
            spans.append(Span(start=one.started_on, end=one.ended_on, names=(one.name,)))
    return tuple(spans)


def exclude(
    procedures: Iterable[Procedure],
    *,
    last_day: Callable[[int], date],
    count: Callable[[date, date], int],
) -> Excluded:
    """Return what is taken out of a period whose last day is `last_day(days taken out)`."""
    days = 0
    counted: list[Span] = []
    for span in merge_procedures(procedures):
        if span.start > last_day(days):
            break
        if span.end is None:
            return Excluded(days=days, spans=tuple(counted), open=span)
        days += count(span.start, span.end)
        counted.append(span)
    return Excluded(days=days, spans=tuple(counted))
