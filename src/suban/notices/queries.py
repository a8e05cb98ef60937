"""Reads: the templates, a person's inbox, the ledger."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Final

import orjson
import yaml

from suban.foundation.errors import SubjectShreddedError
from suban.foundation.services.sealing import unseal
from suban.notices.errors import UnknownNoticeError, UnknownTemplateError
from suban.notices.models import Delivery, LedgerRow, Notice
from suban.notices.rules import address_for, check_template, mask_address, text_for
from suban.notices.types import (
    Channel,
    DeliveryState,
    InboxItem,
    InboxPage,
    LedgerEntry,
    LedgerLine,
    LedgerPage,
    NoticeAddress,
    RenderedNotice,
    Template,
)

MAX_PAGE: Final = 100
_ERASED: Final = "（内容已依法删除）"


def list_templates() -> tuple[Template, ...]:
    """Return every template with the values that it needs."""
    return tuple(_templates().values())


def get_template(key: str) -> Template:
    """Return the template `key`.

    :raises UnknownTemplateError: there is none.
    """
    try:
        return _templates()[key]
    except KeyError:
        raise UnknownTemplateError(key) from None


@lru_cache(maxsize=1)
def _templates() -> Mapping[str, Template]:
    text = resources.files("suban.notices").joinpath("templates.yaml").read_text(encoding="utf-8")
    read = (Template.model_validate({"key": key, **entry}) for key, entry in yaml.safe_load(text).items())
    return MappingProxyType({template.key: check_template(template) for template in read})


def list_inbox(ref: str, cursor: str = "", limit: int = 20) -> InboxPage:
    """Return a page of the inbox of `ref`, the newest first; `cursor` is the last page's `next_cursor`."""
    rows = Notice.objects.filter(inbox=ref).order_by("-notice_id")
    if cursor:
        rows = rows.filter(notice_id__lt=cursor)
    size = max(1, min(limit, MAX_PAGE))
    found = list(rows[: size + 1])
    items = tuple(_item(row) for row in found[:size])
    return InboxPage(items=items, next_cursor=items[-1].notice if len(found) > size else "")


def get_notice(ref: str, notice: str) -> InboxItem:
    """Return one notice of the inbox of `ref`.

    :raises UnknownNoticeError: that inbox doesn't hold it.
    """
    try:
        return _item(Notice.objects.get(inbox=ref, notice_id=notice))
    except Notice.DoesNotExist:
        raise UnknownNoticeError from None


def count_unread(ref: str) -> int:
    """Return how many notices of the inbox are unread."""
    return Notice.objects.filter(inbox=ref, read_at__isnull=True).count()


def list_ledger(cursor: str = "", limit: int = 50) -> LedgerPage:
    """Return a page of the ledger, the newest first, with what was sent: a page for administrators."""
    rows = Delivery.objects.select_related("notice").order_by("-message_id")
    if cursor:
        rows = rows.filter(message_id__lt=cursor)
    size = max(1, min(limit, MAX_PAGE))
    found = list(rows[: size + 1])
    shown = found[:size]
    entries = _entries_of(shown)
    lines = tuple(_line(row, entries.get(row.pk, ())) for row in shown)
    return LedgerPage(lines=lines, next_cursor=lines[-1].delivery if len(found) > size else "")


def words_of(notice: Notice) -> RenderedNotice:
    """Return the words of a notice; where the owner was erased, words that say so."""
    try:
        words = orjson.loads(unseal(subject=notice.inbox, sealed=bytes(notice.sealed_words)))
    except SubjectShreddedError:
        return RenderedNotice(title=_ERASED, body=_ERASED, sms=_ERASED)
    return RenderedNotice(**words)


def address_of(notice: Notice) -> NoticeAddress:
    """Return where a notice goes; nowhere but the inbox where the owner was erased."""
    try:
        address = orjson.loads(unseal(subject=notice.inbox, sealed=bytes(notice.sealed_address)))
    except SubjectShreddedError:
        return NoticeAddress(inbox=notice.inbox)
    return NoticeAddress(**address)


def sealable(value: RenderedNotice | NoticeAddress) -> str:
    """Return the text that `words_of` or `address_of` reads back."""
    return orjson.dumps(asdict(value)).decode()


def _item(row: Notice) -> InboxItem:
    words = words_of(row)
    return InboxItem(
        notice=row.notice_id,
        template=row.template,
        title=words.title,
        body=words.body,
        about=row.about,
        sent_at=row.sent_at,
        read_at=row.read_at,
    )


def _entries_of(rows: list[Delivery]) -> dict[int, tuple[LedgerEntry, ...]]:
    entries: dict[int, tuple[LedgerEntry, ...]] = {}
    for row in LedgerRow.objects.filter(delivery__in=rows).order_by("id"):
        entry = LedgerEntry(at=row.at, state=DeliveryState(row.state), detail=row.detail)
        entries[row.delivery_id] = (*entries.get(row.delivery_id, ()), entry)
    return entries


def _line(row: Delivery, entries: tuple[LedgerEntry, ...]) -> LedgerLine:
    channel, words = Channel(row.channel), words_of(row.notice)
    return LedgerLine(
        delivery=row.message_id,
        notice=row.notice.notice_id,
        template=row.notice.template,
        about=row.notice.about,
        channel=channel,
        address=mask_address(channel, address_for(channel, address_of(row.notice))),
        title=words.title,
        text=text_for(channel, words),
        state=DeliveryState(row.state),
        attempts=row.attempts,
        provider_id=row.provider_id,
        entries=entries,
    )
