"""How a template becomes words, which channel comes next, and what the ledger may show."""

from collections.abc import Mapping
from string import Formatter
from typing import Final

from suban.notices.errors import TemplateValueError
from suban.notices.types import Channel, DeliveryState, NoticeAddress, RenderedNotice, Template

OPEN_STATES: Final = frozenset({DeliveryState.QUEUED, DeliveryState.ACCEPTED})


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the values that stand in `text`.

    :raises ValueError: something else than a plain name stands between braces.
    """
    names = set()
    for _, name, form, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise ValueError(f"not a plain value: {{{name}}}")
        names.add(name)
    return frozenset(names)


def check_template(template: Template) -> Template:
    """Return `template` when it uses exactly the values that it declares.

    :raises ValueError: it doesn't.
    """
    used = placeholders(template.title) | placeholders(template.body) | placeholders(template.sms)
    if used != set(template.values):
        raise ValueError(f"{template.key}: declares {sorted(template.values)}, uses {sorted(used)}")
    return template


def render(template: Template, values: Mapping[str, str]) -> RenderedNotice:
    """Return the words of `template` with `values` put in.

    :raises TemplateValueError: a value is missing, unknown, or would break a title over lines.
    """
    needed, given = set(template.values), set(values)
    single_line = placeholders(template.title) | placeholders(template.sms)
    broken = tuple(sorted(name for name in single_line & given if not _is_single_line(values[name])))
    for wrong, what in (
        (tuple(sorted(needed - given)), "缺少"),
        (tuple(sorted(given - needed)), "多余"),
        (broken, "不能换行"),
    ):
        if wrong:
            raise TemplateValueError(template=template.key, wrong=wrong, what=what)
    return RenderedNotice(
        title=template.title.format_map(values),
        body=template.body.format_map(values),
        sms=template.sms.format_map(values),
    )


def _is_single_line(text: str) -> bool:
    return len(text.splitlines()) <= 1 and not text.endswith(("\n", "\r"))


def channels_after(template: Template, channel: Channel | None) -> tuple[Channel, ...]:
    """Return the channels still to try after `channel`; all of them when none was tried."""
    if channel is None:
        return template.channels
    return template.channels[template.channels.index(channel) + 1 :]


def attempts_allowed(*, has_fallback: bool) -> int:
    """Return how often a channel is tried: half a minute long before another one, half an hour without.

    Fewer than the outbox makes, so that a notice ends in its ledger and not among the dead letters.
    """
    return 5 if has_fallback else 11


def address_for(channel: Channel, to: NoticeAddress) -> str:
    """Return the address of `to` in `channel`, empty when it has none."""
    return {Channel.INBOX: to.inbox, Channel.SMS: to.phone, Channel.EMAIL: to.email}[channel]


def text_for(channel: Channel, notice: RenderedNotice) -> str:
    """Return the words that travel by `channel`."""
    return notice.sms if channel is Channel.SMS else notice.body


def mask_address(channel: Channel, address: str) -> str:
    """Return `address` as the ledger may show it."""
    if channel is Channel.SMS:
        return f"{address[:3]}****{address[-4:]}" if len(address) >= 11 else "****"
    if channel is Channel.EMAIL:
        name, _, domain = address.partition("@")
        return f"{name[:1]}***@{domain}"
    return address
