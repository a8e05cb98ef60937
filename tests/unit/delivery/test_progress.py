"""A parcel's state comes from the set of reports, whatever the order in which they arrive."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suban.delivery.rules.progress import fold, in_order, served_on, service_date
from suban.delivery.types import SERVING, Capacity, ParcelState, ReportKind, ScanReport

MORNING = datetime(2017, 10, 18, 1, tzinfo=UTC)


def scan(kind: str, hours: float = 0, capacity: str | None = None, event_id: str = "") -> ScanReport:
    return ScanReport(
        event_id=event_id or f"{kind}-{hours}-{capacity}",
        kind=ReportKind(kind),
        occurred_at=MORNING + timedelta(hours=hours),
        capacity=Capacity(capacity) if capacity else None,
        signer="王**",
    )


@st.composite
def reports(draw: st.DrawFn) -> list[ScanReport]:
    count = draw(st.integers(0, 8))
    drawn = []
    for number in range(count):
        kind = draw(st.sampled_from(ReportKind))
        capacity = draw(st.sampled_from(Capacity)) if kind is ReportKind.SIGNED else None
        # Few distinct hours, so that events of one instant occur.
        drawn.append(scan(kind, draw(st.integers(0, 4)), capacity, event_id=f"e{number}"))
    return drawn


@given(data=st.data(), known=reports())
def test_order_and_repetition_of_arrival_make_no_difference(
    data: st.DataObject, known: list[ScanReport]
) -> None:
    repeated = known + (data.draw(st.lists(st.sampled_from(known), max_size=8)) if known else [])
    arrived = data.draw(st.permutations(repeated))

    assert fold(arrived) == fold(known)
    assert in_order(arrived) == in_order(known)


@given(known=reports())
def test_served_exactly_when_the_right_person_signed_before_any_return(known: list[ScanReport]) -> None:
    way = in_order(known)
    ends = [r for r in way if r.kind is ReportKind.RETURNED or r.capacity in SERVING]
    is_served = bool(ends) and ends[0].kind is ReportKind.SIGNED

    assert (service_date(known) is not None) == is_served
    assert (fold(known).state is ParcelState.SIGNED) == is_served


@pytest.mark.parametrize("capacity", sorted(SERVING))
def test_the_addressee_or_an_authorised_recipient_serves(capacity: Capacity) -> None:
    way = [scan("accepted"), scan("signed", 24, capacity)]

    assert fold(way).state is ParcelState.SIGNED
    assert service_date(way) == date(2017, 10, 19)


@pytest.mark.parametrize("capacity", sorted(set(Capacity) - SERVING))
def test_nobody_and_nothing_else_serves(capacity: Capacity) -> None:
    way = [scan("accepted"), scan("signed", 24, capacity)]

    assert fold(way).state is ParcelState.LEFT
    assert service_date(way) is None


def test_service_is_the_day_in_china() -> None:
    late_evening_utc = scan("signed", 16, "addressee")  # 17:00 UTC is 01:00 of the next day

    assert service_date([late_evening_utc]) == date(2017, 10, 19)


def test_fetched_from_the_locker_serves_on_the_day_of_fetching() -> None:
    way = [scan("signed", 0, "locker"), scan("signed", 48, "addressee")]

    assert fold(way[:1]).state is ParcelState.LEFT
    assert service_date(way) == date(2017, 10, 20)


def test_a_returned_parcel_was_not_served() -> None:
    way = [scan("accepted"), scan("signed", 5, "locker"), scan("refused", 9), scan("returned", 30)]
    progress = fold(way)

    assert progress.state is ParcelState.RETURNED
    assert progress.returned_at == MORNING + timedelta(hours=30)
    assert progress.signing is None
    assert served_on(progress) is None


def test_nothing_reported_for_later_undoes_a_service() -> None:
    served = [scan("accepted"), scan("signed", 24, "addressee")]
    later = [scan("in_transit", 25), scan("returned", 30), scan("signed", 40, "other")]

    assert fold(served + later) == fold(served)


def test_a_return_reported_late_but_earlier_in_time_takes_the_service_back() -> None:
    way = [scan("signed", 24, "addressee"), scan("returned", 20)]

    assert fold(way).state is ParcelState.RETURNED


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("accepted", ParcelState.ACCEPTED),
        ("in_transit", ParcelState.IN_TRANSIT),
        ("out_for_delivery", ParcelState.OUT_FOR_DELIVERY),
        ("refused", ParcelState.REFUSED),
        ("returned", ParcelState.RETURNED),
    ],
)
def test_the_last_scan_says_where_the_parcel_is(kind: str, state: ParcelState) -> None:
    assert fold([scan("accepted"), scan(kind, 1)]).state is state
    assert fold([]).state is ParcelState.ORDERED


def test_scans_of_one_instant_stand_in_their_natural_order() -> None:
    way = [scan("signed", 1, "addressee"), scan("out_for_delivery", 1), scan("accepted", 1)]

    assert [r.kind for r in in_order(way)] == ["accepted", "out_for_delivery", "signed"]
    assert fold(way).accepted_at == MORNING + timedelta(hours=1)
