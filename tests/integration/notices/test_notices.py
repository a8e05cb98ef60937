"""Notices: the inbox at once, one channel after another outside, and a ledger of it all."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from suban.foundation.queries.keys import forget_data_key
from suban.foundation.services.outbox import run_due
from suban.foundation.services.sealing import shred
from suban.foundation.services.subscriptions import remove_subscription, subscribe
from suban.notices import ports
from suban.notices.errors import (
    ChannelFailedError,
    MessageRefusedError,
    ReceiptRefusedError,
    TemplateValueError,
    UnknownDeliveryError,
    UnknownNoticeError,
)
from suban.notices.events import DeliveryQueued
from suban.notices.handlers import deliver_queued
from suban.notices.models import Delivery, Notice
from suban.notices.queries import count_unread, get_notice, list_inbox, list_ledger
from suban.notices.services import deliver, mark_all_read, mark_read, record_sms_receipt, send_notice
from suban.notices.types import Channel, DeliveryState, NoticeAddress, SmsReceipt

AT = datetime(2017, 10, 17, 1, 0, tzinfo=UTC)
PERSON = "person:ab"
TO = NoticeAddress(inbox=PERSON, email="someone@example.org", phone="13900000001")
VALUES = {"matter_name": "执业药师首次注册", "case_number": "JS-1", "withdrawn_at": "2017年10月17日"}
pytestmark = pytest.mark.django_db


class FakeGateway:
    """Plays a channel: takes everything, or fails as told; sends a reference once."""

    is_configured = True

    def __init__(self) -> None:
        self.sent, self.tried, self.failures = {}, [], []

    def send(self, message):
        self.tried.append(message)
        if self.failures:
            raise self.failures.pop(0)
        self.sent.setdefault(message.message_id, message)
        return f"provider-{message.message_id[:6]}"

    def read_receipt(self, *, body, headers, at):
        if headers.get("sign") != "good":
            raise ReceiptRefusedError
        reference, _, reason = body.decode().partition(" ")
        return SmsReceipt(message_id=reference, delivered=not reason, reason=reason)


@pytest.fixture
def sms():
    with ports.sms_gateway.plugged(FakeGateway()) as gateway:
        yield gateway


@pytest.fixture
def mail():
    with ports.mail_sender.plugged(FakeGateway()) as gateway:
        yield gateway


@pytest.fixture(autouse=True)
def subscribed():
    subscribe(DeliveryQueued, "notices.deliver", deliver_queued)
    yield
    remove_subscription("notices.deliver")


def send(key="case:1/withdrawn", to=TO, at=AT, **values):
    send_notice(to=to, template="case_withdrawn", values=VALUES | values, key=key, about="case:1", at=at)


def states() -> dict[str, str]:
    return {line.channel: line.state for line in list_ledger().lines}


def work(passes=1, at=AT):
    for number in range(passes):
        run_due(at=at + timedelta(hours=number))


def test_a_notice_is_in_the_inbox_at_once_and_goes_out_by_sms(sms, mail):
    send()

    assert list_inbox(PERSON).items[0].title == "申请已撤回：执业药师首次注册"
    assert sms.tried == []
    work()
    (message,) = sms.tried
    assert (message.address, message.text[:4]) == ("13900000001", "【速办】")
    assert states() == {Channel.INBOX: DeliveryState.DELIVERED, Channel.SMS: DeliveryState.ACCEPTED}
    assert mail.tried == []


def test_addresses_and_words_are_sealed(sms):
    send()

    row = Notice.objects.get()
    kept = bytes(row.sealed_address) + bytes(row.sealed_words)
    assert b"13900000001" not in kept
    assert "执业药师".encode() not in kept


def test_the_same_key_makes_one_notice(sms):
    for _ in range(5):
        send()
    work()

    assert Notice.objects.count() == 1
    assert len(sms.tried) == 1


def test_a_wrong_value_writes_nothing(sms):
    with pytest.raises(TemplateValueError):
        send(surplus="x")

    assert not Notice.objects.exists()


def test_the_ledger_tells_what_happened_and_when(sms):
    sms.failures = [ChannelFailedError("HTTP 503")]
    send()
    work(2)

    (line,) = [line for line in list_ledger().lines if line.channel is Channel.SMS]
    assert [(entry.state, entry.detail) for entry in line.entries] == [
        (DeliveryState.QUEUED, ""),
        (DeliveryState.QUEUED, "HTTP 503"),
        (DeliveryState.ACCEPTED, ""),
    ]
    assert (line.attempts, line.address, line.about, line.template) == (
        2,
        "139****0001",
        "case:1",
        "case_withdrawn",
    )
    assert line.provider_id.startswith("provider-")
    assert line.text == sms.tried[0].text


def test_a_refused_number_falls_back_to_mail(sms, mail):
    sms.failures = [MessageRefusedError("网关 4101")]
    send()
    work(2)

    assert states() == {
        Channel.INBOX: DeliveryState.DELIVERED,
        Channel.SMS: DeliveryState.FAILED,
        Channel.EMAIL: DeliveryState.ACCEPTED,
    }
    assert mail.tried[0].title == "申请已撤回：执业药师首次注册"


def test_a_gateway_that_stays_down_falls_back_to_mail(sms, mail):
    sms.failures = [ChannelFailedError("HTTP 503") for _ in range(20)]
    send()
    work(8)

    assert len(sms.tried) == 5
    assert states()[Channel.SMS] == DeliveryState.FAILED
    assert states()[Channel.EMAIL] == DeliveryState.ACCEPTED


def test_a_channel_without_address_is_passed_over(sms, mail):
    send(to=NoticeAddress(inbox=PERSON, email="someone@example.org"))
    work()

    assert states() == {Channel.INBOX: DeliveryState.DELIVERED, Channel.EMAIL: DeliveryState.ACCEPTED}


def test_without_any_channel_the_inbox_has_it_and_the_ledger_says_why():
    send()
    work()

    assert states() == {
        Channel.INBOX: DeliveryState.DELIVERED,
        Channel.SMS: DeliveryState.NOT_CONFIGURED,
        Channel.EMAIL: DeliveryState.NOT_CONFIGURED,
    }


def test_an_unconfigured_sms_channel_leaves_it_to_mail(mail):
    send()
    work()

    assert states()[Channel.SMS] == DeliveryState.NOT_CONFIGURED
    assert states()[Channel.EMAIL] == DeliveryState.ACCEPTED


class KilledError(BaseException):
    """The worker is gone."""


def test_a_worker_killed_between_sending_and_noting_sends_under_the_same_id(sms, monkeypatch):
    send()
    row = Delivery.objects.get(channel=Channel.SMS)

    def die(*_args, **_kwargs):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr("suban.notices.services._settle", die)
        with pytest.raises(KilledError):
            deliver(delivery=row.message_id, at=AT)
    deliver(delivery=row.message_id, at=AT)

    assert [message.message_id for message in sms.tried] == [row.message_id] * 2
    assert list(sms.sent) == [row.message_id]
    assert states()[Channel.SMS] == DeliveryState.ACCEPTED


def test_a_worker_that_dies_every_time_does_not_send_for_ever(sms, mail, monkeypatch):
    send()
    row = Delivery.objects.get(channel=Channel.SMS)
    Delivery.objects.filter(pk=row.pk).update(attempts=5)

    deliver(delivery=row.message_id, at=AT)

    assert sms.tried == []
    assert states()[Channel.SMS] == DeliveryState.FAILED
    assert states()[Channel.EMAIL] == DeliveryState.QUEUED


def receipt(reason="", sign="good"):
    row = Delivery.objects.get(channel=Channel.SMS)
    record_sms_receipt(body=f"{row.message_id} {reason}".strip().encode(), headers={"sign": sign}, at=AT)


def test_a_receipt_says_that_it_arrived_and_repeats_change_nothing(sms):
    send()
    work()
    receipt()
    receipt()
    receipt(reason="对方已关机")

    (line,) = [line for line in list_ledger().lines if line.channel is Channel.SMS]
    assert line.state is DeliveryState.DELIVERED
    assert [entry.state for entry in line.entries] == [
        DeliveryState.QUEUED,
        DeliveryState.ACCEPTED,
        DeliveryState.DELIVERED,
    ]


def test_a_receipt_of_failure_falls_back_to_mail(sms, mail):
    send()
    work()
    receipt(reason="对方已关机")
    work()

    assert states()[Channel.SMS] == DeliveryState.FAILED
    assert len(mail.tried) == 1


def test_a_receipt_may_overtake_the_answer(sms, monkeypatch):
    send()
    send_as_usual = sms.send

    def send_and_report(message):
        provider_id = send_as_usual(message)
        receipt()
        return provider_id

    monkeypatch.setattr(sms, "send", send_and_report)
    work()

    (line,) = [line for line in list_ledger().lines if line.channel is Channel.SMS]
    assert line.state is DeliveryState.DELIVERED
    assert line.provider_id


def test_a_false_receipt_is_refused(sms):
    send()
    work()

    with pytest.raises(ReceiptRefusedError):
        receipt(sign="forged")
    with pytest.raises(UnknownDeliveryError):
        record_sms_receipt(body=b"unknown", headers={"sign": "good"}, at=AT)
    assert states()[Channel.SMS] == DeliveryState.ACCEPTED


def test_receipts_for_nobody_are_refused():
    with pytest.raises(ReceiptRefusedError):
        record_sms_receipt(body=b"x", headers={}, at=AT)


def test_an_inbox_is_paged_and_read():
    for number in range(5):
        send(key=f"k{number}", case_number=f"JS-{number}")
    send(key="other", to=NoticeAddress(inbox="person:cd"))

    first = list_inbox(PERSON, limit=3)
    second = list_inbox(PERSON, first.next_cursor, limit=3)

    numbers = [item.body.split("办件编号 ")[1][:4] for item in (*first.items, *second.items)]
    assert numbers == ["JS-4", "JS-3", "JS-2", "JS-1", "JS-0"]
    assert (len(first.items), second.next_cursor) == (3, "")
    assert count_unread(PERSON) == 5
    mark_read(inbox=PERSON, notice=first.items[0].notice, at=AT)
    mark_read(inbox=PERSON, notice=first.items[0].notice, at=AT + timedelta(days=1))
    assert count_unread(PERSON) == 4
    assert get_notice(PERSON, first.items[0].notice).read_at == AT
    mark_all_read(inbox=PERSON, at=AT)
    assert count_unread(PERSON) == 0
    assert count_unread("person:cd") == 1


def test_somebody_elses_notice_does_not_exist():
    send()
    notice = list_inbox(PERSON).items[0].notice

    for attempt in (
        lambda: get_notice("person:cd", notice),
        lambda: mark_read(inbox="person:cd", notice=notice, at=AT),
    ):
        with pytest.raises(UnknownNoticeError):
            attempt()


def test_an_inbox_page_costs_the_same_however_long(django_assert_max_num_queries):
    for number in range(20):
        send(key=f"k{number}")
    list_inbox(PERSON)

    with django_assert_max_num_queries(2):
        list_inbox(PERSON)
    with django_assert_max_num_queries(3):
        list_ledger()


def test_the_ledger_is_paged():
    for number in range(3):
        send(key=f"k{number}", to=NoticeAddress(inbox=PERSON))

    first = list_ledger(limit=2)
    second = list_ledger(first.next_cursor, limit=2)

    assert (len(first.lines), len(second.lines), second.next_cursor) == (2, 1, "")


def test_an_erased_person_leaves_a_ledger_without_words(sms):
    send()
    shred(PERSON)
    connection.run_on_commit.clear()  # the key waits there for a commit that a test never makes
    forget_data_key(PERSON)
    work()

    assert {line.title for line in list_ledger().lines} == {"（内容已依法删除）"}
    assert sms.tried == []
    assert states()[Channel.SMS] == DeliveryState.FAILED


def test_threads_share_the_ports(sms):
    found = []
    thread = threading.Thread(target=lambda: found.append(ports.sender_for(Channel.SMS)))
    thread.start()
    thread.join()

    assert found == [sms]
