"""Sending notices: into the inbox at once, outside through the worker, one channel after another."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError

from suban.foundation.services.outbox import publish
from suban.foundation.services.sealing import seal
from suban.foundation.services.transactions import savepoint, transaction, transaction_required
from suban.kernel.references import new_id
from suban.notices.errors import (
    ChannelFailedError,
    MessageRefusedError,
    UnknownDeliveryError,
    UnknownNoticeError,
)
from suban.notices.events import DeliveryQueued
from suban.notices.models import Delivery, LedgerRow, Notice
from suban.notices.ports import sender_for, sms_gateway
from suban.notices.queries import address_of, get_template, sealable, words_of
from suban.notices.rules import OPEN_STATES, address_for, attempts_allowed, channels_after, render, text_for
from suban.notices.types import Channel, DeliveryState, NoticeAddress, Outgoing, RenderedNotice


def send_notice(
    *,
    to: NoticeAddress,
    template: str,
    values: Mapping[str, str],
    key: str,
    about: str,
    at: datetime,
) -> None:
    """Put a notice into the inbox and queue it for the first channel that `to` has an address in.

    The same `key` again changes nothing. `about` is the case's reference, or empty.

    :raises UnknownTemplateError: there is no such template.
    :raises TemplateValueError: a value is missing or unknown.
    """
    words = render(get_template(template), values)
    with transaction():
        if Notice.objects.filter(key=key).exists():
            return
        try:
            with savepoint():
                notice = _write(to=to, template=template, words=words, key=key, about=about, at=at)
        except IntegrityError:
            return  # the same key was faster
        _note(_open(notice, Channel.INBOX, DeliveryState.DELIVERED), at=at, detail="")
        _queue_next(notice, after=None, at=at)


def mark_read(*, inbox: str, notice: str, at: datetime) -> None:
    """Note that the owner of `inbox` has read the notice; the first time counts.

    :raises UnknownNoticeError: that inbox doesn't hold it.
    """
    with transaction():
        held = Notice.objects.filter(inbox=inbox, notice_id=notice)
        if not held.filter(read_at__isnull=True).update(read_at=at) and not held.exists():
            raise UnknownNoticeError


def mark_all_read(*, inbox: str, at: datetime) -> None:
    """Note that the owner of `inbox` has seen everything in it."""
    with transaction():
        Notice.objects.filter(inbox=inbox, read_at__isnull=True).update(read_at=at)


def deliver(*, delivery: str, at: datetime) -> None:
    """Send one queued delivery through its channel; called by the worker, outside a transaction.

    A refusal of the provider, or the last failure allowed, passes the notice on to the next channel.

    :raises ChannelFailedError: the channel is down at present; the outbox tries again later.
    """
    outgoing = _begin(delivery, at=at)
    if outgoing is None:
        return
    channel, message = outgoing
    try:
        provider_id = sender_for(channel).send(message)
    except MessageRefusedError as refusal:
        _settle(delivery, state=DeliveryState.FAILED, detail=refusal.reason, at=at)
    except ChannelFailedError as failure:
        if not _postpone(delivery, detail=failure.reason, at=at):
            raise
    else:
        _settle(delivery, state=DeliveryState.ACCEPTED, detail="", at=at, provider_id=provider_id)


def record_sms_receipt(*, body: bytes, headers: Mapping[str, str], at: datetime) -> None:
    """Take the gateway's word on whether a message reached the phone; repeats change nothing.

    :raises ReceiptRefusedError: the signature, the time or the content is wrong.
    :raises UnknownDeliveryError: it is about no message of ours.
    """
    receipt = sms_gateway.get().read_receipt(body=body, headers=headers, at=at)
    if not Delivery.objects.filter(message_id=receipt.message_id, channel=Channel.SMS).exists():
        raise UnknownDeliveryError
    state = DeliveryState.DELIVERED if receipt.delivered else DeliveryState.FAILED
    _settle(receipt.message_id, state=state, detail=receipt.reason, at=at)


@transaction_required
def _write(
    *, to: NoticeAddress, template: str, words: RenderedNotice, key: str, about: str, at: datetime
) -> Notice:
    return Notice.objects.create(
        notice_id=new_id(),
        key=key,
        inbox=to.inbox,
        template=template,
        about=about,
        sealed_words=seal(subject=to.inbox, text=sealable(words)),
        sealed_address=seal(subject=to.inbox, text=sealable(to)),
        sent_at=at,
    )


@transaction_required
def _open(notice: Notice, channel: Channel, state: DeliveryState) -> Delivery:
    return Delivery.objects.create(message_id=new_id(), notice=notice, channel=channel, state=state)


@transaction_required
def _note(delivery: Delivery, *, at: datetime, detail: str) -> None:
    LedgerRow.objects.create(delivery=delivery, at=at, state=delivery.state, detail=detail[:200])


@transaction_required
def _queue_next(notice: Notice, *, after: Channel | None, at: datetime) -> None:
    for channel in _channels_left(notice, after):
        if not sender_for(channel).is_configured:
            _note(_open(notice, channel, DeliveryState.NOT_CONFIGURED), at=at, detail="")
            continue
        delivery = _open(notice, channel, DeliveryState.QUEUED)
        _note(delivery, at=at, detail="")
        publish(DeliveryQueued(delivery=delivery.message_id))
        return


def _channels_left(notice: Notice, after: Channel | None) -> tuple[Channel, ...]:
    to, left = address_of(notice), channels_after(get_template(notice.template), after)
    return tuple(channel for channel in left if address_for(channel, to))


def _attempts_allowed(delivery: Delivery) -> int:
    left = _channels_left(delivery.notice, Channel(delivery.channel))
    return attempts_allowed(has_fallback=any(sender_for(channel).is_configured for channel in left))


def _begin(message_id: str, *, at: datetime) -> tuple[Channel, Outgoing] | None:
    # The attempt is counted before it is made: a worker that dies while sending has made one.
    with transaction():
        delivery = _lock(message_id)
        if delivery.state != DeliveryState.QUEUED:
            return None
        channel, message = _outgoing(delivery)
        if not message.address:
            _fail(delivery, detail="地址已删除", at=at)
            return None
        if delivery.attempts >= _attempts_allowed(delivery):
            _fail(delivery, detail="重试次数用尽", at=at)
            return None
        delivery.attempts += 1
        delivery.save(update_fields=["attempts"])
        return channel, message


def _outgoing(delivery: Delivery) -> tuple[Channel, Outgoing]:
    channel, words = Channel(delivery.channel), words_of(delivery.notice)
    return channel, Outgoing(
        message_id=delivery.message_id,
        address=address_for(channel, address_of(delivery.notice)),
        title=words.title,
        text=text_for(channel, words),
    )


def _postpone(message_id: str, *, detail: str, at: datetime) -> bool:
    """Note a failed attempt; tell whether it was the last one and the notice has moved on."""
    with transaction():
        delivery = _lock(message_id)
        if delivery.state != DeliveryState.QUEUED:
            return True
        if delivery.attempts >= _attempts_allowed(delivery):
            _fail(delivery, detail=detail, at=at)
            return True
        _note(delivery, at=at, detail=detail)
        return False


def _settle(
    message_id: str, *, state: DeliveryState, detail: str, at: datetime, provider_id: str = ""
) -> None:
    with transaction():
        delivery = _lock(message_id)
        if provider_id:
            Delivery.objects.filter(pk=delivery.pk).update(provider_id=provider_id[:200])
        # A receipt may overtake the answer that it follows: what is final stays, nothing goes back.
        if delivery.state not in OPEN_STATES or delivery.state == state:
            return
        if state is DeliveryState.FAILED:
            _fail(delivery, detail=detail, at=at)
            return
        delivery.state = state
        delivery.save(update_fields=["state"])
        _note(delivery, at=at, detail=detail)


@transaction_required
def _fail(delivery: Delivery, *, detail: str, at: datetime) -> None:
    delivery.state = DeliveryState.FAILED
    delivery.save(update_fields=["state"])
    _note(delivery, at=at, detail=detail)
    _queue_next(delivery.notice, after=Channel(delivery.channel), at=at)


@transaction_required
def _lock(message_id: str) -> Delivery:
    rows = Delivery.objects.select_related("notice").select_for_update(of=("self",), no_key=True)
    try:
        return rows.get(message_id=message_id)
    except Delivery.DoesNotExist:
        raise UnknownDeliveryError from None
