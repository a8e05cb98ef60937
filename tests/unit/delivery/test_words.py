"""What people read about a parcel, and what they mustn't."""

from datetime import UTC, datetime
from itertools import product

import pytest

from suban.delivery.errors import InvalidParcelError
from suban.delivery.rules.orders import find_defects, find_purpose
from suban.delivery.rules.words import (
    CAPACITY_WORDS,
    STATE_WORDS,
    describe,
    local_time,
    mask_name,
    mask_phone,
)
from suban.delivery.types import Capacity, ParcelAddress, ParcelState, Purpose, ReportKind, ScanReport

AT = datetime(2017, 10, 17, 17, 5, tzinfo=UTC)
GOOD = {"name": "王小明", "phone": "13800000000", "address": "江苏省镇江市大港街道 1 号"}


@pytest.mark.parametrize(("kind", "capacity"), list(product(ReportKind, [None, *Capacity])))
def test_every_report_has_words(kind: ReportKind, capacity: Capacity | None) -> None:
    if (kind is ReportKind.SIGNED) == (capacity is not None):
        report = ScanReport(event_id="e", kind=kind, occurred_at=AT, capacity=capacity, signer="王**")
        assert describe(report)


def test_words_of_a_locker_say_that_it_is_not_service() -> None:
    report = ScanReport(event_id="e", kind=ReportKind.SIGNED, occurred_at=AT, capacity=Capacity.LOCKER)

    assert "尚未送达" in describe(report)
    assert local_time(report) == "2017-10-18 01:05"


def test_every_state_and_capacity_has_words() -> None:
    assert set(STATE_WORDS) == set(ParcelState)
    assert set(CAPACITY_WORDS) == set(Capacity)


@pytest.mark.parametrize(
    ("name", "masked"), [("王小明", "王**"), ("李四", "李*"), ("王", "*"), ("", ""), (" 王五 ", "王*")]
)
def test_names_are_masked(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"), [("13812345678", "138****5678"), ("0511-81234567", "051******4567"), ("110", "***")]
)
def test_telephones_are_masked(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


def test_a_whole_order_has_no_defects() -> None:
    assert not find_defects(recipient=ParcelAddress(**GOOD), contents="注册证 1 本")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "名" * 61),
        ("phone", "12345"),
        ("phone", ""),
        ("address", "大港"),
        ("address", "号" * 201),
        ("contents", ""),
        ("contents", "件" * 101),
    ],
)
def test_each_defect_is_named(field: str, value: str) -> None:
    words = {**GOOD, "contents": "注册证 1 本", field: value}
    contents = words.pop("contents")

    assert list(find_defects(recipient=ParcelAddress(**words), contents=contents)) == [field]


@pytest.mark.parametrize("phone", ["13800000000", "+8613800000000", "0511-81234567", "051181234567-8001"])
def test_telephones_of_people_and_offices_are_taken(phone: str) -> None:
    recipient = ParcelAddress(**{**GOOD, "phone": phone})

    assert not find_defects(recipient=recipient, contents="注册证 1 本")


def test_a_purpose_may_carry_what_tells_it_apart() -> None:
    assert find_purpose("result-issued-17") is Purpose.RESULT
    assert find_purpose("originals") is Purpose.ORIGINALS


@pytest.mark.parametrize("purpose", ["", "gift", "result-" + "1" * 60])
def test_other_purposes_are_refused(purpose: str) -> None:
    with pytest.raises(InvalidParcelError):
        find_purpose(purpose)
