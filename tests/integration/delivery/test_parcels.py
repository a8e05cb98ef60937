"""Parcels as the office relies on them: ordered once, believed only when signed, served only if served."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from suban.delivery import ports
from suban.delivery.adapters.ems import EmsCarrier, sign
from suban.delivery.adapters.heads import ParcelHeads
from suban.delivery.errors import (
    CarrierDownError,
    FalseSignatureError,
    InvalidParcelError,
    ReportContradictedError,
    UnknownParcelError,
)
from suban.delivery.events import ParcelAccepted, ParcelNumbered, ParcelReturned, ParcelSigned
from suban.delivery.models import CarrierReport, Parcel
from suban.delivery.queries import count_unplaced, get_parcel, list_parcels_of
from suban.delivery.services import callbacks as callback_service
from suban.delivery.services import (
    order_parcel,
    place_parcel,
    record_carrier_callback,
)
from suban.delivery.services import orders as order_service
from suban.delivery.types import Capacity, ParcelAddress, ParcelOrder, ParcelState, Purpose
from suban.foundation.models import AccessLogEntry
from suban.foundation.queries.evidence import list_events
from suban.foundation.services.outbox import run_due
from suban.foundation.services.sealing import shred
from suban.foundation.services.subscriptions import remove_subscription, subscribe
from suban.identity.services import register_organ

AT = datetime(2017, 10, 17, 2, tzinfo=UTC)
SECRET = "s3cret"
CASE = "case:JS3211-2017-0000123-3"
SENDER = "11321100014201234U"
ADDRESS = ParcelAddress(name="王小明", phone="138 0000 0000", address=" 江苏省镇江市大港街道 1 号 ")
pytestmark = pytest.mark.django_db


class FakeEms(EmsCarrier):
    """EMS whose orders are taken here; its callbacks are read as the real adapter reads them."""

    def __init__(self) -> None:
        super().__init__(url="http://ems.test", secret=SECRET)
        self.orders: list[ParcelOrder] = []
        self.is_down = False

    def place_order(self, *, order: ParcelOrder, at: datetime) -> str:
        if self.is_down:
            raise CarrierDownError("暂时无法连接寄递服务，稍后自动重试。")
        self.orders.append(order)
        return f"1{len({o.key for o in self.orders}):012d}"


@pytest.fixture(autouse=True)
def ems() -> Iterator[FakeEms]:
    with ports.carrier.plugged(FakeEms()) as carrier:
        assert isinstance(carrier, FakeEms)
        yield carrier


@pytest.fixture(autouse=True)
def organ() -> None:
    register_organ(
        uscc=SENDER,
        name="镇江新区行政审批局",
        short_name="新区审批局",
        level="3",
        region_code="321171",
        at=AT,
    )


@pytest.fixture
def told() -> Iterator[list[Any]]:
    told: list[Any] = []
    kinds = (ParcelNumbered, ParcelAccepted, ParcelSigned, ParcelReturned)

    def note(message: Any, _at: datetime) -> None:
        told.append(message)

    for kind in kinds:
        subscribe(kind, f"tests.{kind.topic}", note)
    yield told
    for kind in kinds:
        remove_subscription(f"tests.{kind.topic}")


def order(*, purpose: str = "result", recipient: ParcelAddress = ADDRESS, at: datetime = AT) -> str:
    return order_parcel(
        case=CASE,
        party="person:a1",
        purpose=purpose,
        sender_organ=SENDER,
        recipient=recipient,
        contents="执业药师注册证 1 本",
        at=at,
    )


def ordered() -> str:
    parcel = order()
    run_due(at=AT)
    return parcel


def report(
    parcel: str,
    kind: str,
    hours: float = 1,
    capacity: str = "",
    *,
    event_id: str = "",
    secret: str = SECRET,
    **changes: Any,
) -> None:
    at = AT + timedelta(hours=hours)
    event: dict[str, Any] = {
        "event_id": event_id or f"{kind}-{hours}-{capacity}",
        "mail_no": "1000000000001",
        "order_key": parcel.removeprefix("parcel:"),
        "kind": kind,
        "occurred_at": at.isoformat(),
        "place": "京口投递部",
    }
    if capacity:
        event["signer"] = {"name": "王小明", "capacity": capacity}
    send({**event, **changes}, secret=secret)


def send(event: dict[str, Any], *, secret: str = SECRET, at: datetime = AT + timedelta(days=9)) -> None:
    body = json.dumps(event).encode()
    timestamp, nonce = str(int(at.timestamp() * 1000)), "n" * 20
    headers = {
        "X-Ems-Timestamp": timestamp,
        "X-Ems-Nonce": nonce,
        "X-Ems-Signature": sign(secret=secret, timestamp=timestamp, nonce=nonce, body=body),
    }
    record_carrier_callback(body=body, headers=headers, at=at)


def test_an_order_is_noted_at_once_and_placed_after_the_commit(ems: FakeEms, told: list[Any]) -> None:
    parcel = order()
    before = get_parcel(parcel)

    run_due(at=AT)
    run_due(at=AT)

    assert (before.number, before.state, count_unplaced()) == ("", ParcelState.ORDERED, 0)
    assert get_parcel("1000000000001").parcel == parcel
    (placed,) = ems.orders
    assert placed.recipient.phone == "13800000000"
    assert placed.recipient.address == "江苏省镇江市大港街道 1 号"
    assert (placed.sender_name, placed.case_number) == ("镇江新区行政审批局", CASE.removeprefix("case:"))
    assert told == [ParcelNumbered(parcel=parcel, case=CASE, parcel_number="1000000000001")]


def test_asked_twice_one_parcel_sets_out(ems: FakeEms) -> None:
    assert ordered() == ordered()

    assert len(ems.orders) == 1
    assert [view.purpose for view in list_parcels_of(CASE)] == [Purpose.RESULT]


def test_ordered_at_the_same_moment_the_first_one_wins(ems: FakeEms, monkeypatch: pytest.MonkeyPatch) -> None:
    first, real, looks = order(), order_service._find_open, []

    def miss_once(case: str, key: str) -> str | None:
        looks.append(key)
        return real(case, key) if len(looks) > 1 else None

    monkeypatch.setattr(order_service, "_find_open", miss_once)

    assert order() == first
    run_due(at=AT)
    assert (len(looks), len(ems.orders)) == (2, 1)


def test_originals_travel_in_a_parcel_of_their_own() -> None:
    assert order() != order(purpose="originals")

    assert [v.purpose for v in list_parcels_of(CASE)] == [Purpose.RESULT, Purpose.ORIGINALS]


def test_an_incomplete_address_is_refused_with_what_is_missing() -> None:
    with pytest.raises(InvalidParcelError) as refusal:
        order(recipient=replace(ADDRESS, phone="1", address=""))

    assert set(refusal.value.fields) == {"phone", "address"}
    assert not list_parcels_of(CASE)


def test_while_the_carrier_is_down_the_order_waits(ems: FakeEms) -> None:
    ems.is_down = True
    parcel = ordered()
    assert count_unplaced() == 1

    ems.is_down = False
    run_due(at=AT + timedelta(hours=1))

    assert get_parcel(parcel).number == "1000000000001"


def test_placing_again_asks_nobody(ems: FakeEms) -> None:
    parcel = ordered()

    place_parcel(parcel=parcel, at=AT)

    assert len(ems.orders) == 1


def test_the_way_to_service(told: list[Any]) -> None:
    parcel = ordered()

    report(parcel, "accepted", 1)
    report(parcel, "out_for_delivery", 20)
    report(parcel, "in_transit", 9)
    report(parcel, "signed", 24, "addressee")
    run_due(at=AT)

    view = get_parcel(parcel)
    assert (view.state, view.service_date, view.is_served) == (ParcelState.SIGNED, date(2017, 10, 18), True)
    assert (view.signer_name_masked, view.capacity_words) == ("王**", "本人签收")
    assert [(step.local_time, step.words) for step in view.steps] == [
        ("2017-10-17 11:00", "已揽收"),
        ("2017-10-17 19:00", "运输途中"),
        ("2017-10-18 06:00", "正在派送"),
        ("2017-10-18 10:00", "本人签收（王**），已送达"),
    ]
    assert told[1:] == [
        ParcelAccepted(
            parcel=parcel, case=CASE, parcel_number="1000000000001", accepted_at=AT + timedelta(hours=1)
        ),
        ParcelSigned(
            parcel=parcel,
            case=CASE,
            parcel_number="1000000000001",
            signed_at=AT + timedelta(hours=24),
            signer_name_masked="王**",
            capacity=Capacity.ADDRESSEE,
            service_date=date(2017, 10, 18),
        ),
    ]


def test_a_repetition_changes_nothing(told: list[Any]) -> None:
    parcel = ordered()
    for _ in range(3):
        report(parcel, "signed", 24, "addressee")
    run_due(at=AT)

    assert CarrierReport.objects.count() == 1
    assert [type(message) for message in told] == [ParcelNumbered, ParcelSigned]
    assert len(list_events(parcel)) == 3


def test_a_locker_is_not_service_until_the_addressee_fetches_it(told: list[Any]) -> None:
    parcel = ordered()
    report(parcel, "signed", 24, "locker")
    left = get_parcel(parcel)

    report(parcel, "signed", 50, "addressee")
    run_due(at=AT)

    assert (left.state, left.is_served) == (ParcelState.LEFT, False)
    assert "尚未送达" in left.state_words
    assert get_parcel(parcel).service_date == date(2017, 10, 19)
    signed = [message for message in told if isinstance(message, ParcelSigned)]
    assert [(m.capacity, m.service_date) for m in signed] == [
        ("locker", None),
        ("addressee", date(2017, 10, 19)),
    ]


def test_a_returned_parcel_opens_delivery_again(told: list[Any]) -> None:
    parcel = ordered()
    report(parcel, "refused", 20)
    report(parcel, "returned", 40)

    again = order(at=AT + timedelta(days=3))
    run_due(at=AT + timedelta(days=3))

    assert again != parcel
    assert [(v.state, v.attempt) for v in list_parcels_of(CASE)] == [
        (ParcelState.RETURNED, 1),
        (ParcelState.ORDERED, 2),
    ]
    assert get_parcel(again).number == "1000000000002"
    assert [m.returned_at for m in told if isinstance(m, ParcelReturned)] == [AT + timedelta(hours=40)]


def test_a_callback_faster_than_the_answer_brings_the_number(told: list[Any]) -> None:
    parcel = order()

    report(parcel, "accepted")

    assert get_parcel(parcel).number == "1000000000001"
    run_due(at=AT)
    assert [type(message) for message in told] == [ParcelNumbered, ParcelAccepted]


def test_a_callback_may_name_the_number_alone() -> None:
    parcel = ordered()

    report(parcel, "accepted", order_key="")
    report(parcel, "in_transit", order_key="two words")

    assert get_parcel(parcel).state is ParcelState.IN_TRANSIT


def test_a_false_signature_is_refused_counted_and_changes_nothing() -> None:
    parcel = ordered()
    counter = callback_service.CALLBACKS.labels(FalseSignatureError.code)
    before = counter._value.get()

    with pytest.raises(FalseSignatureError):
        report(parcel, "signed", 24, "addressee", secret="guessed")

    assert counter._value.get() == before + 1
    assert get_parcel(parcel).state is ParcelState.ORDERED
    assert not CarrierReport.objects.exists()


@pytest.mark.parametrize("named", [{"order_key": ""}, {"order_key": "f" * 32}])
def test_an_unknown_parcel_is_said_to_be_unknown(named: dict[str, str]) -> None:
    with pytest.raises(UnknownParcelError):
        report("parcel:x", "accepted", mail_no="1999999999999", **named)


def test_contradictions_are_refused() -> None:
    parcel, other = ordered(), order(purpose="originals")
    run_due(at=AT)
    report(parcel, "signed", 24, "addressee", event_id="e-1")

    with pytest.raises(ReportContradictedError):
        report(parcel, "signed", 24, "locker", event_id="e-1")
    with pytest.raises(ReportContradictedError):
        report(parcel, "in_transit", 2, mail_no="1999999999999")
    with pytest.raises(ReportContradictedError):
        report(other, "signed", 24, "addressee", event_id="e-1", mail_no="1000000000002")

    assert get_parcel(parcel).capacity is Capacity.ADDRESSEE


def test_a_number_belongs_to_one_parcel() -> None:
    ordered()
    other = order(purpose="originals")

    with pytest.raises(ReportContradictedError):
        report(other, "accepted", mail_no="1000000000001")


def test_everything_is_evidence_and_tells_nothing_personal() -> None:
    parcel = ordered()
    report(parcel, "signed", 24, "addressee")

    events = list_events(parcel)
    assert [(e.type, e.effective_on) for e in events] == [
        ("delivery.parcel_ordered", date(2017, 10, 17)),
        ("delivery.parcel_numbered", date(2017, 10, 17)),
        ("delivery.carrier_reported", date(2017, 10, 18)),
    ]
    assert events[2].data["proof"] == CarrierReport.objects.get().proof_digest
    assert "王" not in str([e.data for e in events])
    assert dict(ParcelHeads().list_heads()) == {parcel: events[-1].head}


def test_rows_hold_nothing_personal_in_the_clear_and_the_look_is_logged() -> None:
    ordered()

    row = Parcel.objects.get()
    assert b"13800000000" not in bytes(row.recipient_sealed)
    entry = AccessLogEntry.objects.get()
    assert (entry.subject, entry.purpose, entry.case) == ("person:a1", "寄递下单", CASE)


def test_after_erasure_the_parcel_shows_no_name_and_callbacks_still_count(
    django_capture_on_commit_callbacks: Any,
) -> None:
    parcel = ordered()
    with django_capture_on_commit_callbacks(execute=True):
        shred("person:a1")

    report(parcel, "signed", 24, "addressee")

    view = get_parcel(parcel)
    assert (view.recipient_name_masked, view.is_served) == ("", True)


def test_the_database_refuses_a_service_that_nobody_signed() -> None:
    ordered()

    with pytest.raises(IntegrityError):
        Parcel.objects.update(served_on=date(2017, 10, 18))


def test_nothing_is_known_under_no_name() -> None:
    with pytest.raises(UnknownParcelError):
        get_parcel("")
