"""The SMS adapter against the gateway's simulator over real HTTP."""

import json
import threading
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from suban.notices.adapters import make_sms_gateway
from suban.notices.adapters.sms import sign_body
from suban.notices.errors import ChannelFailedError, MessageRefusedError, ReceiptRefusedError
from suban.notices.types import Outgoing, SmsReceipt
from suban.simulators import signatures as theirs
from suban.simulators.server import Answer, running
from suban.simulators.sms import DEMO_APP, DEMO_SECRET, Gateway

TEXT = "【速办】您的申请已受理。"
MESSAGE = Outgoing(message_id="m1", address="13900000001", title="已受理", text=TEXT)


@pytest.fixture
def gateway():
    return Gateway(receipt_delay=0)


@pytest.fixture
def url(gateway):
    with running(gateway) as url:
        yield url


@pytest.fixture
def adapter(url):
    with closing(make_sms_gateway(url, DEMO_APP, DEMO_SECRET, "")) as adapter:
        yield adapter


def send_once(url, message=MESSAGE, *, secret=DEMO_SECRET, receipts="") -> str:
    with closing(make_sms_gateway(url, DEMO_APP, secret, receipts)) as adapter:
        return adapter.send(message)


def changed(**values) -> Outgoing:
    fields = {name: getattr(MESSAGE, name) for name in ("message_id", "address", "title", "text")}
    return Outgoing(**(fields | values))


def test_both_sides_sign_alike():
    given = {"time": "1508203800000", "nonce": "n", "body": "正文".encode(), "secret": "demo-secret"}

    assert sign_body(app="suban", **given) == theirs.sign_body(sender="suban", **given)


def test_a_message_is_taken_once_however_often_it_is_sent(adapter, gateway):
    first, again = adapter.send(MESSAGE), adapter.send(MESSAGE)

    assert first == again
    assert [message["text"] for message in gateway.messages] == [TEXT]


def test_a_gateway_started_anew_still_knows_what_it_sent(tmp_path):
    ids = []
    for _ in range(2):
        with running(Gateway(data=tmp_path)) as url:
            ids.append(send_once(url))

    assert ids[0] == ids[1]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        pytest.param({"address": "12345"}, "4101", id="no phone number"),
        pytest.param({"text": "没有签名"}, "4102", id="no signature in the text"),
        pytest.param({"text": TEXT + "长" * 500}, "4102", id="too long"),
        pytest.param({"message_id": ""}, "4104", id="no reference"),
    ],
)
def test_a_message_that_will_never_pass_is_refused_for_good(adapter, values, code):
    with pytest.raises(MessageRefusedError, match=code):
        adapter.send(changed(**values))


def test_one_reference_cannot_carry_two_texts(adapter):
    adapter.send(MESSAGE)

    with pytest.raises(MessageRefusedError, match="4103"):
        adapter.send(changed(text=TEXT + "又"))


def test_a_wrong_secret_is_ours_to_mend_and_tried_again(url):
    with pytest.raises(ChannelFailedError, match="4001"):
        send_once(url, secret="wrong")


def test_an_old_request_and_a_repeated_one_are_refused(url, gateway):
    body = json.dumps({"reference": "r", "phone": "13900000001", "text": TEXT}).encode()

    def post(sent_at: float, nonce: str) -> str:
        stamp = str(int(sent_at * 1000))
        sign = sign_body(app=DEMO_APP, time=stamp, nonce=nonce, body=body, secret=DEMO_SECRET)
        headers = {"X-Sms-App": DEMO_APP, "X-Sms-Time": stamp, "X-Sms-Nonce": nonce, "X-Sms-Sign": sign}
        return httpx.post(f"{url}/v1/messages", content=body, headers=headers).json()["code"]

    now = time.time()
    assert post(now - 301, "a") == "4002"
    assert post(now, "b") == "0"
    assert post(now, "b") == "4003"


@pytest.mark.parametrize("mode", ["down", "malformed", "drop"])
def test_a_gateway_in_trouble_is_tried_again_later(adapter, gateway, mode):
    gateway.faults.switch("messages", mode=mode, times=1)

    with pytest.raises(ChannelFailedError):
        adapter.send(MESSAGE)
    assert adapter.send(MESSAGE)


def test_nobody_listens():
    with pytest.raises(ChannelFailedError):
        send_once("http://127.0.0.1:9")


@contextmanager
def receiver(adapter):
    """Give the address of a site that reads receipts, and what it has read."""
    read, arrived = [], threading.Event()

    def take(request):
        read.append(adapter.read_receipt(body=request.body, headers=request.headers, at=datetime.now(UTC)))
        arrived.set()
        return Answer(status=204, body=b"")

    with running(take) as url:
        yield url, read, arrived


@pytest.mark.parametrize(
    ("phone", "delivered", "reason"), [("13900000001", True, ""), ("13900000000", False, "对方已关机")]
)
def test_the_gateway_reports_what_became_of_a_message(url, adapter, phone, delivered, reason):
    with receiver(adapter) as (receipts, read, arrived):
        send_once(url, changed(address=phone), receipts=receipts)

        assert arrived.wait(5)

    assert read == [SmsReceipt(message_id="m1", delivered=delivered, reason=reason)]


RECEIPT = b'{"reference": "m1", "status": "delivered"}'


def test_a_receipt_that_was_altered_forged_or_kept_back_is_refused(adapter, gateway):
    headers = gateway.sign_receipt(RECEIPT)
    now = datetime.now(UTC)
    assert adapter.read_receipt(body=RECEIPT, headers=headers, at=now).delivered

    for body, given, at in (
        (RECEIPT.replace(b"delivered", b"failed"), headers, now),
        (RECEIPT, headers | {"X-Sms-Sign": "forged"}, now),
        (RECEIPT, headers | {"X-Sms-Sign": "伪造"}, now),
        (RECEIPT, headers | {"X-Sms-Time": "0"}, now),
        (RECEIPT, {}, now),
        (RECEIPT, headers, now + timedelta(minutes=6)),
    ):
        with pytest.raises(ReceiptRefusedError):
            adapter.read_receipt(body=body, headers=given, at=at)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"1",
        b"{}",
        b'{"reference": 1, "status": "delivered"}',
        b'{"reference": "m", "status": "eaten"}',
        b'{"reference": "m", "status": []}',
    ],
)
def test_a_signed_receipt_that_cannot_be_read_is_refused(adapter, gateway, body):
    with pytest.raises(ReceiptRefusedError):
        adapter.read_receipt(body=body, headers=gateway.sign_receipt(body), at=datetime.now(UTC))


def test_without_an_address_there_is_no_gateway():
    assert not make_sms_gateway("", "", "", "").is_configured
    with closing(make_sms_gateway("http://127.0.0.1:9", "", "s", "")) as gateway:
        assert gateway.is_configured
