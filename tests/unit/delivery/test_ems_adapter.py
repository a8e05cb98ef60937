"""The EMS adapter: signs what it sends, believes only what is signed."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from suban.delivery.adapters.ems import MAX_CALLBACK_BYTES, EmsCarrier, sign
from suban.delivery.errors import (
    CarrierDownError,
    CarrierRefusedError,
    FalseSignatureError,
    MalformedCallbackError,
    StaleCallbackError,
)
from suban.delivery.ports import NoCarrier
from suban.delivery.types import Capacity, ParcelAddress, ParcelOrder, ReportKind

AT = datetime(2017, 10, 17, 2, tzinfo=UTC)
SECRET = "s3cret"
NUMBER = "1012345678905"
EVENT = {
    "event_id": "e-1",
    "mail_no": NUMBER,
    "order_key": "a1",
    "kind": "signed",
    "occurred_at": "2017-10-17T10:00:00+08:00",
    "place": "京口投递部",
    "signer": {"name": "王小明", "capacity": "addressee"},
}
ORDER = ParcelOrder(
    key="a1",
    sender_code="11321100MB0001",
    sender_name="某窗口",
    recipient=ParcelAddress(name="王小明", phone="13800000000", address="大港街道 1 号"),
    contents="注册证",
    case_number="1",
)


def carrier(
    answer: httpx.Response | Exception | None = None, seen: list[httpx.Request] | None = None
) -> EmsCarrier:
    def respond(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer or httpx.Response(201, json={"mail_no": NUMBER})

    return EmsCarrier(url="http://ems.test/", secret=SECRET, transport=httpx.MockTransport(respond))


def signed(body: bytes, *, at: datetime = AT, nonce: str = "n" * 16, secret: str = SECRET) -> dict[str, str]:
    timestamp = str(int(at.timestamp() * 1000))
    signature = sign(secret=secret, timestamp=timestamp, nonce=nonce, body=body)
    return {"X-Ems-Timestamp": timestamp, "X-EMS-Nonce": nonce, "x-ems-signature": signature}


def body_of(**changes: Any) -> bytes:
    return json.dumps({**EVENT, **changes}).encode()


def test_an_order_is_signed_and_gives_the_number() -> None:
    seen: list[httpx.Request] = []

    assert carrier(seen=seen).place_order(order=ORDER, at=AT) == NUMBER

    (request,) = seen
    expected = sign(
        secret=SECRET,
        timestamp=request.headers["x-ems-timestamp"],
        nonce=request.headers["x-ems-nonce"],
        body=request.content,
    )
    assert request.headers["x-ems-signature"] == expected
    assert json.loads(request.content)["order_key"] == "a1"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.ConnectTimeout("slow"), CarrierDownError),
        (httpx.Response(503), CarrierDownError),
        (httpx.Response(429), CarrierDownError),
        (httpx.Response(422), CarrierRefusedError),
        (httpx.Response(200, content=b"<html>"), CarrierRefusedError),
        (httpx.Response(200, json=[1]), CarrierRefusedError),
        (httpx.Response(200, json={"mail_no": "2012345678905"}), CarrierRefusedError),
    ],
)
def test_what_goes_wrong_is_told_apart(answer: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        carrier(answer).place_order(order=ORDER, at=AT)


def test_a_signed_callback_is_read_and_the_signer_masked() -> None:
    body = body_of()

    callback = carrier().read_callback(body=body, headers=signed(body), at=AT)

    assert (callback.number, callback.order_key) == (NUMBER, "a1")
    assert callback.report.kind is ReportKind.SIGNED
    assert callback.report.capacity is Capacity.ADDRESSEE
    assert callback.report.signer == "王**"
    assert callback.report.occurred_at == AT
    assert callback.proof["body"] == body.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"x-ems-signature": "0" * 64},
        {"x-ems-signature": ""},
        {"x-ems-signature": "签名"},
        {"X-EMS-Nonce": "m" * 16},
        {"X-Ems-Timestamp": "1508205600001"},
        {"X-Ems-Timestamp": "时间"},
    ],
)
def test_any_change_makes_the_signature_false(change: dict[str, str]) -> None:
    body = body_of()

    with pytest.raises(FalseSignatureError):
        carrier().read_callback(body=body, headers={**signed(body), **change}, at=AT)


def test_another_body_or_secret_makes_the_signature_false() -> None:
    body = body_of()

    with pytest.raises(FalseSignatureError):
        carrier().read_callback(body=body + b" ", headers=signed(body), at=AT)
    with pytest.raises(FalseSignatureError):
        carrier().read_callback(body=body, headers=signed(body, secret="other"), at=AT)
    with pytest.raises(FalseSignatureError):
        carrier().read_callback(body=body, headers={}, at=AT)


@pytest.mark.parametrize("age", [timedelta(minutes=6), timedelta(minutes=-6)])
def test_an_old_signature_is_refused(age: timedelta) -> None:
    body = body_of()

    with pytest.raises(StaleCallbackError):
        carrier().read_callback(body=body, headers=signed(body, at=AT - age), at=AT)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        body_of(kind="lost"),
        body_of(kind="accepted"),
        body_of(signer=None),
        body_of(signer={"name": "x", "capacity": "dog"}),
        body_of(mail_no="42"),
        body_of(occurred_at="2017-10-17T10:00:00"),
        body_of(occurred_at="2017-10-18T10:00:00+08:00"),
        body_of(event_id=""),
        body_of(place="长" * 101),
        b" " * (MAX_CALLBACK_BYTES + 1),
    ],
)
def test_a_signed_message_of_another_form_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedCallbackError):
        carrier().read_callback(body=body, headers=signed(body), at=AT)


def test_a_short_nonce_is_refused() -> None:
    body = body_of()

    with pytest.raises(MalformedCallbackError):
        carrier().read_callback(body=body, headers=signed(body, nonce="n"), at=AT)


def test_no_secret_no_carrier() -> None:
    with pytest.raises(ValueError, match="secret"):
        EmsCarrier(url="http://ems.test", secret="")


def test_without_a_carrier_orders_wait_and_callbacks_are_refused() -> None:
    with pytest.raises(CarrierDownError):
        NoCarrier().place_order(order=ORDER, at=AT)
    with pytest.raises(CarrierDownError):
        NoCarrier().read_callback(body=b"", headers={}, at=AT)
