"""The components as template tags: `{% load ui %}`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django import template
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from suban.kernel.clock import civil_day, now
from suban.web.ui.form_kit import FieldView, bound_field_view
from suban.web.ui.presentation import (
    ErrorItem,
    FileView,
    PageLinks,
    StatusView,
    StepView,
    TimelineEntry,
    say_day,
    say_instant,
    say_size,
)

register = template.Library()

ALERT_ICONS: Final = {"info": "info", "success": "tick", "warning": "warn", "danger": "stop"}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Return an icon of the sprite; decoration only, the words stand beside it."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" {css}" if css else "",
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def button(
    text: str, *, url: str = "", kind: str = "", sign: str = "", name: str = "", value: str = ""
) -> SafeString:
    """Return a submit button, or a link that looks like one when `url` is given.

    `kind` is any of quiet, danger, small, wide, large, several separated by spaces.
    """
    css = " ".join(["button", *(f"button-{part}" for part in kind.split())])
    picture = icon(sign) if sign else ""
    if url:
        return format_html('<a class="{}" href="{}">{}{}</a>', css, url, picture, text)
    given = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html('<button type="submit" class="{}"{}>{}{}</button>', css, given, picture, text)


@register.simple_tag
def status(view: StatusView) -> SafeString:
    """Return a status: colour, icon and word together."""
    return format_html('<span class="status status-{}">{}{}</span>', view.tone, icon(view.sign), view.text)


@register.simple_tag
def badges(texts: Iterable[str], *, plain: bool = False) -> SafeString:
    """Return the badge line; the first badge is the one that counts."""
    items = [text for text in texts if text]
    parts = format_html_join(
        "",
        '<li class="{}">{}</li>',
        ((_badge_css(number, plain=plain), text) for number, text in enumerate(items)),
    )
    return format_html('<ul class="{}">{}</ul>', "badges-plain" if plain else "badges", parts)


def _badge_css(number: int, *, plain: bool) -> str:
    if plain:
        return "badge-plain"
    return "badge badge-main" if number == 0 else "badge"


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "") -> SafeString:
    """Return a message box; danger and warning are announced at once."""
    role = format_html(' role="{}"', "alert" if tone == "danger" else "status")
    heading = format_html('<p class="alert-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="alert alert-{}"{}>{}<div class="alert-body">{}{}</div></div>',
        tone,
        role,
        icon(ALERT_ICONS.get(tone, "info")),
        heading,
        content,
    )


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(fields: Iterable[FieldView] = (), others: Sequence[ErrorItem | str] = ()) -> dict[str, Any]:
    """Show all errors of a page, each linking to its field; nothing when there is none."""
    items = [
        ErrorItem(view.name, _with_label(view.label, message), view.anchor)
        for view in fields
        for message in view.errors
    ]
    items += [other if isinstance(other, ErrorItem) else ErrorItem("", str(other)) for other in others]
    return {"items": items}


def _with_label(label: str, message: str) -> str:
    # Most messages name their field already; "此项必填" alone would say nothing in a list.
    return message if label in message else f"{label}：{message}"


@register.inclusion_tag("ui/components/error_summary.html")
def form_error_summary(form: BaseForm) -> dict[str, Any]:
    """Show all errors of a Django form."""
    return error_summary(
        [bound_field_view(form[name]) for name in form.fields],
        [str(message) for message in form.non_field_errors()],
    )


@register.inclusion_tag("ui/components/field.html")
def form_field(given: FieldView | BoundField) -> dict[str, Any]:
    """Show one field: label, hint, errors, input; of the form kit or of a Django form."""
    return {"field": bound_field_view(given) if isinstance(given, BoundField) else given}


@register.inclusion_tag("ui/components/step_bar.html")
def step_bar(steps: Sequence[StepView]) -> dict[str, Any]:
    """Show the steps of a longer path; the present one is announced."""
    now_at = next((number for number, step in enumerate(steps, 1) if step.state == "now"), 0)
    return {"steps": steps, "now_at": now_at, "of": len(steps)}


@register.inclusion_tag("ui/components/timeline.html")
def timeline(entries: Sequence[TimelineEntry]) -> dict[str, Any]:
    """Show what happened, the present on top."""
    return {"entries": entries}


@register.inclusion_tag("ui/components/tabs.html")
def tabs(links: Sequence[Any], label: str) -> dict[str, Any]:
    """Show views of one thing as links; no script needed."""
    return {"links": links, "label": label}


@register.inclusion_tag("ui/components/pagination.html")
def pagination(pages: PageLinks) -> dict[str, Any]:
    """Show 上一页 and 下一页."""
    return {"pages": pages}


@register.inclusion_tag("ui/components/deadline.html")
def deadline(view: Any) -> dict[str, Any]:
    """Show a deadline as a sentence, with 怎么算的 opening its derivation."""
    return {"deadline": view}


@register.inclusion_tag("ui/components/empty.html")
def empty_state(
    title: str, text: str = "", *, sign: str = "inbox", links: Sequence[Any] = ()
) -> dict[str, Any]:
    """Show that there is nothing, and what can be done."""
    return {"title": title, "text": text, "sign": sign, "links": links}


@register.inclusion_tag("ui/components/crumbs.html")
def crumbs(links: Sequence[Any]) -> dict[str, Any]:
    """Show where the page stands."""
    return {"links": links}


@register.inclusion_tag("ui/components/file_row.html")
def file_row(view: FileView) -> dict[str, Any]:
    """Show a stored file: name, size, state."""
    return {"file": view}


@register.filter
def attributes(pairs: Iterable[tuple[str, str]]) -> SafeString:
    """Return name="value" pairs, escaped."""
    return format_html_join("", ' {}="{}"', pairs)


@register.filter
def day(value: date | datetime | None) -> str:
    """Return a day as people say it: 10 月 26 日（周四）."""
    if value is None:
        return ""
    return say_day(civil_day(value) if isinstance(value, datetime) else value, today=civil_day(now()))


@register.filter
def full_day(value: date | None) -> str:
    """Return a day as documents write it: 2026 年 11 月 23 日."""
    return "" if value is None else f"{value.year} 年 {value.month} 月 {value.day} 日"


@register.filter
def instant(value: datetime | None) -> str:
    """Return an instant in China's time: 10 月 17 日 09:12."""
    return "" if value is None else say_instant(value, today=civil_day(now()))


@register.filter
def filesize(value: int) -> str:
    """Return the size of a file in words."""
    return say_size(value)


@register.filter
def lookup(mapping: Mapping[str, Any], key: str) -> Any:
    """Return the value of `key`, or nothing."""
    return mapping.get(key, "")
