"""A licence matter and a filing to reason about, with the report's calendar."""

from datetime import UTC, date, datetime
from importlib.resources import files

import pytest

from suban.cases.rules.engine import Context
from suban.cases.rules.state import CaseState
from suban.cases.rules.terms import Terms
from suban.cases.types import State
from suban.catalogue.rules import load_definition
from suban.catalogue.types import DeliveryChannel, Frame, MatterDefinition
from suban.kernel.working_days import WorkingCalendar

# 2017 as announced by the State Council (国办发明电〔2016〕17号): National Day and its make-up Saturday;
# 2018: Spring Festival and its make-up days.
DAYS_2017 = {
    date(2017, 9, 30): True,
    **{date(2017, 10, day): False for day in range(1, 9)},
    date(2017, 12, 30): False,
    date(2017, 12, 31): False,
    date(2018, 1, 1): False,
    date(2018, 2, 11): True,
    date(2018, 2, 24): True,
    **{date(2018, 2, day): False for day in range(15, 22)},
}


@pytest.fixture(scope="session")
def calendar() -> WorkingCalendar:
    return WorkingCalendar(version="test-2017", source="test", days=DAYS_2017)


@pytest.fixture(scope="session")
def licence() -> MatterDefinition:
    return load_definition(files("suban.catalogue.matters").joinpath("yaoshi.yaml").read_text("utf-8"))


@pytest.fixture(scope="session")
def terms(licence: MatterDefinition) -> Terms:
    return Terms.of(licence)


@pytest.fixture
def case() -> CaseState:
    return CaseState(
        number="JS3211-2017-0000001-0",
        frame=Frame.LICENCE,
        state=State.SUBMITTED,
        matter="m",
        matter_version=1,
        organ="11321100MB0AAM0125",
        party="person:a",
        official_number="x",
        delivery=DeliveryChannel.POST,
        received_on=date(2017, 10, 17),
    )


@pytest.fixture
def make_context(terms: Terms, calendar: WorkingCalendar):
    def make(today: date = date(2017, 10, 17), **changes: object) -> Context:
        at = datetime(today.year, today.month, today.day, 2, tzinfo=UTC)
        given = {"at": at, "today": today, "actor": "staff:1", "terms": terms, "calendar": calendar}
        return Context(**{**given, **changes})

    return make
