"""The result's way to the applicant: post, window, electronic; and what does not count as service."""

from datetime import timedelta

import pytest

from suban.cases.errors import (
    DeliveryAddressMissingError,
    MoveNotAllowedError,
    NotYourSeatError,
    UnknownCaseError,
)
from suban.cases.models import CaseForm
from suban.cases.queries.applicants import open_case_for
from suban.cases.services.drafts import choose_delivery
from suban.cases.services.results import dispatch_result, hand_over_result, set_delivery_address
from suban.cases.types import State
from suban.catalogue.types import DeliveryChannel
from suban.delivery.types import ParcelAddress
from suban.kernel.clock import civil_day


def test_a_signed_parcel_serves_once_however_often_the_carrier_says_so(office, ems, at) -> None:
    office.issue()
    office.dispatch()
    signed = at + timedelta(hours=20)
    for _ in range(3):
        ems.tell("signed", at=signed, capacity="addressee")
        office.work(signed)

    assert office.row.state == State.CLOSED
    assert office.events.count("case.result_served") == 1
    assert office.events.count("case.closed") == 1


def test_callbacks_out_of_order_serve_on_the_day_of_signing(office, ems, at) -> None:
    office.issue()
    office.dispatch()
    ems.tell("signed", at=at + timedelta(hours=20), capacity="addressee")
    ems.tell("out_for_delivery", at=at + timedelta(hours=18))
    ems.tell("accepted", at=at + timedelta(hours=1))
    office.work(at + timedelta(days=1))

    case = open_case_for(actor=office.applicant, number=office.number, at=at)
    assert (case.state, case.served_on) == (State.CLOSED, civil_day(at + timedelta(hours=20)))


@pytest.mark.parametrize("capacity", ["locker", "station", "other"])
def test_a_locker_or_neighbour_serves_nobody(office, ems, at, capacity) -> None:
    office.issue()
    office.dispatch()

    ems.tell("signed", at=at + timedelta(hours=20), capacity=capacity)
    office.work(at + timedelta(hours=21))

    assert office.row.state == State.DISPATCHED
    ems.tell("signed", at=at + timedelta(hours=30), capacity="addressee")
    office.work(at + timedelta(hours=31))
    assert office.row.state == State.CLOSED


def test_a_returned_parcel_opens_delivery_again(office, ems, at) -> None:
    office.issue()
    first = office.dispatch()
    ems.tell("returned", at=at + timedelta(days=3))
    office.work(at + timedelta(days=3))
    reopened = office.row

    second = office.dispatch(at + timedelta(days=4))
    ems.tell("signed", at=at + timedelta(days=5), capacity="addressee")
    office.work(at + timedelta(days=5))

    assert reopened.state == State.ISSUED
    assert first != second
    assert office.events.count("case.delivery_failed") == 1
    assert office.row.state == State.CLOSED


@pytest.mark.parametrize(
    ("scans", "why"),
    [(("returned",), "邮件退回"), (("refused", "returned"), "收件人拒收，邮件退回")],
)
def test_the_applicant_reads_why_a_parcel_came_back(office, ems, at, scans, why) -> None:
    office.issue()
    office.dispatch()
    for hours, scan in enumerate(scans):
        for _ in range(2):
            ems.tell(scan, at=at + timedelta(days=2, hours=hours))
    office.work(at + timedelta(days=3))

    case = open_case_for(actor=office.applicant, number=office.number, at=at)
    assert [line.detail for line in case.timeline if line.title == "寄送没有成功"] == [why]


def test_refused_alone_opens_nothing_while_the_papers_travel_back(office, ems, at) -> None:
    office.issue()
    office.dispatch()
    ems.tell("refused", at=at + timedelta(days=2))
    office.work(at + timedelta(days=2))

    assert office.row.state == State.DISPATCHED
    assert "case.delivery_failed" not in office.events


def test_after_a_return_the_papers_go_to_the_corrected_address(office, ems, at) -> None:
    office.issue()
    office.dispatch()
    moved = ParcelAddress(name="林示例", phone="13800000001", address="江苏省示例市新街 9 号")
    with pytest.raises(MoveNotAllowedError):
        set_delivery_address(actor=office.applicant, number=office.number, address=moved, at=at)
    ems.tell("returned", at=at + timedelta(days=3))
    office.work(at + timedelta(days=3))

    set_delivery_address(actor=office.applicant, number=office.number, address=moved, at=at)
    office.dispatch(at + timedelta(days=4))
    office.work(at + timedelta(days=4))

    assert [order.recipient.address == moved.address for order in ems.orders] == [False, True]


def test_a_late_word_about_the_returned_parcel_touches_nothing(office, ems, at) -> None:
    office.issue()
    office.dispatch()
    ems.tell("returned", at=at + timedelta(days=3))
    office.work(at + timedelta(days=3))
    office.dispatch(at + timedelta(days=4))

    ems.tell("in_transit", at=at + timedelta(days=2), order=0)
    office.work(at + timedelta(days=5))

    assert office.row.state == State.DISPATCHED


def test_pressed_twice_one_parcel_sets_out(office, ems, at) -> None:
    office.issue()
    office.dispatch()

    with pytest.raises(MoveNotAllowedError):
        office.dispatch()
    assert len(ems.orders) == 1


def test_who_may_not_dispatch_orders_no_parcel(office, ems, at) -> None:
    office.issue()

    with pytest.raises(NotYourSeatError):
        dispatch_result(actor=office.clerk, number=office.number, at=at)
    office.work()
    assert ems.orders == []


def test_without_an_address_nothing_is_sent(office, ems, at) -> None:
    office.issue()
    CaseForm.objects.filter(case__number=office.number).update(address=b"")

    with pytest.raises(DeliveryAddressMissingError):
        office.dispatch()
    assert office.row.state == State.ISSUED


def test_a_refusal_is_delivered_too(office, ems, at) -> None:
    office.propose()
    office.refuse()
    office.work()
    office.dispatch()
    ems.tell("signed", at=at + timedelta(days=1), capacity="authorised")
    office.work(at + timedelta(days=1))

    assert ems.orders[0].contents == "不予行政许可决定书"
    assert office.row.state == State.CLOSED


@pytest.fixture
def pickup(office, at):
    choose_delivery(actor=office.applicant, number=office.number, way=DeliveryChannel.PICKUP, at=at)
    office.issue()
    return office


def test_what_is_picked_up_is_served_at_the_window(pickup, at) -> None:
    assert pickup.dispatch() == ""
    with pytest.raises(NotYourSeatError):
        hand_over_result(actor=pickup.dispatcher, number=pickup.number, capacity="neighbour", at=at)
    hand_over_result(actor=pickup.dispatcher, number=pickup.number, capacity="window", at=at)
    pickup.work()

    case = open_case_for(actor=pickup.applicant, number=pickup.number, at=at)
    assert (case.state, case.served_on) == (State.CLOSED, civil_day(at))


@pytest.mark.parametrize(
    ("username", "refusal"),
    [("shouli", NotYourSeatError), ("jueding", NotYourSeatError), ("nanjing", UnknownCaseError)],
)
def test_only_the_dispatcher_hands_over(pickup, sign_in, at, username, refusal) -> None:
    pickup.dispatch()

    with pytest.raises(refusal):
        hand_over_result(actor=sign_in(username), number=pickup.number, capacity="window", at=at)


def test_nobody_hands_over_what_travels(office, ems, at) -> None:
    office.issue()
    office.dispatch()

    with pytest.raises(MoveNotAllowedError):
        hand_over_result(actor=office.dispatcher, number=office.number, capacity="window", at=at)


def test_an_electronic_result_is_served_when_it_is_there(office, at) -> None:
    choose_delivery(actor=office.applicant, number=office.number, way=DeliveryChannel.ELECTRONIC, at=at)
    office.issue()

    case = open_case_for(actor=office.applicant, number=office.number, at=at)
    assert (case.state, case.served_on) == (State.CLOSED, civil_day(at))
    assert not office.row.tasks.filter(done_at=None).exists()


def test_an_electronic_refusal_is_served_when_its_letter_is_there(office, at) -> None:
    choose_delivery(actor=office.applicant, number=office.number, way=DeliveryChannel.ELECTRONIC, at=at)
    office.propose()
    office.refuse()
    office.work()

    case = open_case_for(actor=office.applicant, number=office.number, at=at)
    assert (case.state, case.served_on) == (State.CLOSED, civil_day(at))
    assert {deadline.kind for deadline in case.deadlines} == {"reconsideration", "lawsuit"}
