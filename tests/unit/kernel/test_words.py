"""The smaller words of the kernel: canonical JSON, references, messages, refusals."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar

import pytest

from suban.kernel.canonical import canonical_json, digest
from suban.kernel.errors import DomainError
from suban.kernel.messages import Message
from suban.kernel.references import make_ref, new_id, split_ref


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorOpened(Message):
    topic: ClassVar[str] = "house.door_opened"

    door: str
    on: date
    at: datetime


def test_the_same_facts_give_the_same_bytes() -> None:
    assert canonical_json({"b": 1, "a": "速办"}) == '{"a":"速办","b":1}'.encode()


def test_what_has_no_json_form_is_refused() -> None:
    with pytest.raises(ValueError, match="bytes"):
        canonical_json({"a": b"raw"})  # type: ignore[dict-item]


def test_a_digest_names_its_algorithm() -> None:
    assert digest(b"x") == "sha256:" + hashlib.sha256(b"x").hexdigest()


def test_a_reference_splits_into_kind_and_value() -> None:
    assert split_ref(make_ref("matter", "a:b")) == ("matter", "a:b")


@pytest.mark.parametrize("ref", ["", "person", "person:", "dragon:1", "person:a b"])
def test_what_is_no_reference_is_refused(ref: str) -> None:
    with pytest.raises(ValueError, match="not a reference"):
        split_ref(ref)


def test_identifiers_of_events_are_ordered_by_time() -> None:
    first, second = new_id(), new_id()

    assert len(first) == 32
    assert first < second


def test_a_message_survives_the_way_through_json() -> None:
    sent = DoorOpened(door="east", on=date(2017, 10, 17), at=datetime(2017, 10, 17, 1, tzinfo=UTC))

    assert DoorOpened.decode(sent.encode()) == sent


def test_a_refusal_carries_its_fields() -> None:
    refusal = DomainError("不行", place=3)

    assert (str(refusal), refusal.fields, refusal.code) == ("不行", {"place": 3}, "domain.refused")
