"""The calendar in the database: seeded by the release, corrected by imports, old versions kept."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from suban.foundation.errors import CalendarConflictError
from suban.foundation.events import CalendarImported
from suban.foundation.models import CalendarDay, CalendarVersion
from suban.foundation.queries.calendar import get_calendar
from suban.foundation.services.calendar import import_calendar, import_shipped_calendar
from suban.foundation.services.outbox import run_due
from suban.foundation.services.subscriptions import remove_subscription, subscribe
from suban.kernel.errors import NotFoundError

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, tzinfo=UTC)


def test_the_shipped_calendar_is_in_force_after_migrate() -> None:
    calendar = get_calendar()

    assert calendar.add_working_days(date(2017, 9, 22), 20) == date(2017, 10, 26)
    assert calendar.add_working_days(date(2018, 2, 9), 5) == date(2018, 2, 22)
    assert calendar.is_working_day(date(2026, 10, 10))
    assert not calendar.is_provisional(date(2026, 12, 31))
    assert calendar.is_provisional(date(2027, 1, 4))
    assert calendar.is_provisional(date(2016, 12, 30))
    assert "国务院" in calendar.source


def test_the_shipped_calendar_is_imported_once() -> None:
    import_shipped_calendar(at=AT)

    assert CalendarVersion.objects.count() == 1


def test_days_are_read_once_per_version(django_assert_num_queries: Any) -> None:
    get_calendar()

    with django_assert_num_queries(1):
        get_calendar()


def test_an_import_is_in_force_at_once_and_the_old_version_stays() -> None:
    before = get_calendar()

    import_calendar(
        rows=[(date(2027, 2, 11), False), (date(2027, 2, 12), True)],
        version="cn-2027.1",
        source="通知",
        provisional_years=[],
        at=AT,
    )

    assert get_calendar().version == "cn-2027.1"
    assert not get_calendar().is_provisional(date(2027, 2, 1))
    assert not get_calendar().is_working_day(date(2027, 2, 11))
    assert get_calendar(before.version) == before
    assert CalendarDay.objects.filter(calendar__version="cn-2027.1").count() == 1


def test_an_import_is_published_for_who_stores_due_dates() -> None:
    heard: list[str] = []
    subscribe(CalendarImported, "tests.hear", lambda message, _: heard.append(message.version))

    import_calendar(rows=[], version="cn-2027.1", source="通知", provisional_years=[], at=AT)
    run_due(at=AT)
    remove_subscription("tests.hear")

    assert heard == ["cn-2027.1"]


def test_a_version_never_changes() -> None:
    with pytest.raises(CalendarConflictError):
        import_calendar(rows=[], version=get_calendar().version, source="x", provisional_years=[], at=AT)


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(NotFoundError):
        get_calendar("cn-1999.1")
