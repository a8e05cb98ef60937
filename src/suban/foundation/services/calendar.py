"""Importing versions of the working-day calendar."""

from collections.abc import Iterable
from datetime import date, datetime
from importlib.resources import files

from suban.foundation.errors import CalendarConflictError
from suban.foundation.events import CalendarImported
from suban.foundation.models import CalendarDay, CalendarVersion
from suban.foundation.rules.calendar import departs_from_week, read_calendar
from suban.foundation.services.outbox import publish
from suban.foundation.services.transactions import transaction


def import_calendar(
    *,
    rows: Iterable[tuple[date, bool]],
    version: str,
    source: str,
    provisional_years: Iterable[int],
    at: datetime,
) -> None:
    """Take a calendar in; it is in force from now on, earlier versions stay for old derivations.

    `rows` are (day, works); days that follow the weekday rule may be left out and aren't kept. So
    every announced year needs at least one departing day, which every year has.

    :raises CalendarConflictError: this version was imported before; a version never changes.
    """
    with transaction():
        if CalendarVersion.objects.filter(version=version).exists():
            raise CalendarConflictError(version)
        calendar = CalendarVersion.objects.create(
            version=version,
            source=source,
            provisional_years=sorted(provisional_years),
            imported_at=at,
        )
        CalendarDay.objects.bulk_create(
            CalendarDay(calendar=calendar, day=day, works=works)
            for day, works in dict(rows).items()
            if departs_from_week(day, works=works)
        )
        publish(CalendarImported(version=version))


def import_shipped_calendar(*, at: datetime) -> None:
    """Take in the calendar that this release brings, unless it was before."""
    text = (files("suban.foundation") / "data" / "calendar.toml").read_text("utf-8")
    shipped = read_calendar(text)
    if CalendarVersion.objects.filter(version=shipped.version).exists():
        return
    import_calendar(
        rows=shipped.rows,
        version=shipped.version,
        source=shipped.source,
        provisional_years=shipped.provisional_years,
        at=at,
    )
