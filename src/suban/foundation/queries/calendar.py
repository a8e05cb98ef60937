"""The working-day calendar as deadlines use it."""

from functools import lru_cache

from suban.foundation.models import CalendarDay, CalendarVersion
from suban.kernel.errors import NotFoundError
from suban.kernel.working_days import WorkingCalendar


def get_calendar(version: str = "") -> WorkingCalendar:
    """Return the calendar in force, or the named version to derive an old deadline again.

    The days are read once per version and process: a version never changes.

    :raises NotFoundError: no calendar, or none of this version, was imported.
    """
    rows = CalendarVersion.objects.filter(version=version) if version else CalendarVersion.objects
    latest = rows.order_by("-id").values_list("version", "imported_at").first()
    if latest is None:
        raise NotFoundError("没有可用的工作日历,请先导入。", version=version)
    return _load(*latest)


@lru_cache(maxsize=8)
def _load(version: str, _imported_at: object) -> WorkingCalendar:
    row = CalendarVersion.objects.get(version=version)
    days = CalendarDay.objects.filter(calendar=row).values_list("day", "works")
    return WorkingCalendar(
        version=row.version,
        source=row.source,
        days=dict(days),
        provisional_years=frozenset(row.provisional_years),
    )
