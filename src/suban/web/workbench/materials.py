"""The materials beside the form: the list of slots, and one pane for each thing that lies in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse

from suban.cases.types import MaterialKind, MaterialView, SlotView, StaffCase
from suban.catalogue.types import Material
from suban.web.ui.presentation import StatusView, say_instant, say_size
from suban.web.workbench.words import KIND_WORDS

IMAGES: Final = frozenset({"image/png", "image/jpeg"})
PDF: Final = "application/pdf"
LEVEL_WORDS: Final = {
    "A": "A 级：权威部门共享",
    "B": "B 级：已核验",
    "C": "C 级：上传件",
    "D": "D 级：申请人声明",
}
MADE_HERE: Final = frozenset({MaterialKind.GENERATED, MaterialKind.LICENCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """One thing in the viewer; `show` is image, pdf, record, text or file."""

    key: str
    title: str
    show: str
    url: str
    source: str
    level: str
    size: str
    tables: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    text: str
    is_chosen: bool
    position: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotLine:
    """A slot in the list of materials."""

    number: int
    name: str
    status: StatusView
    words: str
    must_correct: str
    panes: tuple[Pane, ...]


def material_panes(case: StaffCase, *, chosen: str = "") -> tuple[Pane, ...]:
    """Return a pane for everything given; the chosen one, or the first that has a picture, is open."""
    given = [(slot, view) for slot in case.slots for view in slot.given]
    keys = [view.key for _, view in given]
    open_key = chosen if chosen in keys else _first_key(given)
    return tuple(
        _pane(case, slot, view, is_chosen=view.key == open_key, position=position, count=len(given))
        for position, (slot, view) in enumerate(given, 1)
    )


def _first_key(given: list[tuple[SlotView, MaterialView]]) -> str:
    with_picture = (view.key for _, view in given if view.kind is MaterialKind.UPLOAD)
    return next(with_picture, given[0][1].key if given else "")


def _say_source(view: MaterialView) -> str:
    kind = KIND_WORDS[view.kind]
    words = (kind, view.source if view.source != kind else "", say_instant(view.obtained_at))
    return " · ".join(word for word in words if word)


def _pane(
    case: StaffCase, slot: SlotView, view: MaterialView, *, is_chosen: bool, position: int, count: int
) -> Pane:
    text = str(view.record.get("text", "")) if view.record else ""
    return Pane(
        key=view.key,
        title=slot.material.name,
        show=_show(view, text),
        url=reverse("workbench:material_file", args=[case.number, view.key]) if view.file_id else "",
        source=_say_source(view),
        level=LEVEL_WORDS.get(view.level.value, view.level.value),
        size=say_size(view.size) if view.size else "",
        tables=() if text else _tables(slot.material, view.record),
        text=text,
        is_chosen=is_chosen,
        position=position,
        count=count,
    )


def _show(view: MaterialView, text: str) -> str:
    if view.media_type in IMAGES and view.file_id:
        return "image"
    if view.file_id and (view.media_type == PDF or view.kind in MADE_HERE):
        return "pdf"
    if text:
        return "text"
    return "record" if view.record else "file"


def _tables(
    material: Material, record: Mapping[str, Any]
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return what registers said, with the words of the matter; values without words stay out of sight."""
    tables = []
    for lookup in material.registers:
        data = record.get(lookup.resource)
        if isinstance(data, Mapping):
            shown = lookup.shows or {name: name for name in data}
            rows = tuple((words, _say(data[name])) for name, words in shown.items() if name in data)
            tables.append((lookup.title, rows))
    if not tables and "licence" in record:
        rows = (("证照", _say(record.get("name"))), ("标识", _say(record["licence"])))
        tables.append(("电子证照", rows))
    return tuple(tables)


def _say(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "、".join(_say(one) for one in value)
    return "" if value is None else str(value)


def slot_lines(case: StaffCase, panes: tuple[Pane, ...]) -> tuple[SlotLine, ...]:
    """Return the list of materials with the state of each."""
    by_key = {pane.key: pane for pane in panes}
    return tuple(
        SlotLine(
            number=number,
            name=slot.material.name,
            status=slot_status(slot),
            words=_slot_words(slot),
            must_correct=slot.must_correct,
            panes=tuple(by_key[view.key] for view in slot.given),
        )
        for number, slot in enumerate(case.slots, 1)
    )


def slot_status(slot: SlotView) -> StatusView:
    """Return the state of a slot in colour, icon and words."""
    if slot.state == "done":
        return StatusView("success", KIND_WORDS[slot.given[0].kind] if slot.given else "已齐")
    if slot.state == "asked":
        return StatusView("warning", "等单位确认", "company")
    if slot.state == "declined":
        return StatusView("danger", "单位没有确认")
    if slot.given:
        return StatusView("warning", "上传件，待核对", "eye")
    if slot.material.need.value == "optional":
        return StatusView("neutral", "未提供（非必要）", "info")
    return StatusView("danger", "缺")


def _slot_words(slot: SlotView) -> str:
    if slot.state in {"asked", "declined"} and slot.confirmation:
        request = slot.confirmation
        asked = f"{say_instant(request.asked_at)}请单位确认"
        return f"{asked}；单位说明：{request.reason}" if request.reason else asked
    if slot.lookup == "down":
        return f"{slot.lookup_source}当时不通"
    if slot.lookup == "not_held":
        when = f"（{say_instant(slot.lookup_at)}）" if slot.lookup_at else ""
        return f"{slot.lookup_source}没有查到{when}"
    return ""
