"""A slot of the materials page: its state in words, and what can be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.urls import reverse

from suban.cases.types import MaterialKind, MaterialView, SlotView
from suban.catalogue.types import Material
from suban.identity.queries import get_display_name
from suban.kernel.clock import civil_day, now
from suban.web.portal.guides.materials import media_sentence
from suban.web.ui.presentation import FileView, StatusView, say_instant

DONE: Final = (
    (MaterialKind.REGISTER, StatusView("success", "已有，免提交")),
    (MaterialKind.LICENCE, StatusView("success", "已有，免提交")),
    (MaterialKind.CONFIRMATION, StatusView("success", "单位已确认", "company")),
    (MaterialKind.PROMISE, StatusView("success", "已承诺", "edit")),
    (MaterialKind.GENERATED, StatusView("success", "已确认", "edit")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenView:
    """What lies in a slot."""

    key: str
    title: str
    words: str
    file: FileView | None
    facts: tuple[tuple[str, str], ...]
    removable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotCard:
    """A slot as its card shows it."""

    number: int
    slot: str
    name: str
    tone: str
    status: StatusView
    words: str
    standard: str
    formats: str
    accept: str
    multiple: bool
    given: tuple[GivenView, ...]
    may_upload: bool
    may_look_up: bool
    may_ask_company: bool
    may_promise: bool
    promise_text: str
    confirm_text: str
    must_correct: str
    problem: str
    generated: bool


def slot_cards(
    slots: tuple[SlotView, ...],
    *,
    number: str,
    limit: int,
    problems: Mapping[str, str],
    noticed_at: datetime | None = None,
) -> list[SlotCard]:
    """Return every slot of a case's materials page.

    `noticed_at` is when a correction was asked for, None when none is open: what was given since then
    is mended.
    """
    return [
        _card(
            _as_of(slot, noticed_at),
            position,
            number=number,
            limit=limit,
            problem=problems.get(slot.material.slot, ""),
        )
        for position, slot in enumerate(slots, 1)
    ]


def _as_of(slot: SlotView, noticed_at: datetime | None) -> SlotView:
    mended = noticed_at is None or any(view.obtained_at > noticed_at for view in slot.given)
    return replace(slot, must_correct="") if mended else slot


def _card(slot: SlotView, position: int, *, number: str, limit: int, problem: str) -> SlotCard:
    material = slot.material
    done = slot.state == "done"
    status, words = _state(slot)
    return SlotCard(
        number=position,
        slot=material.slot,
        name=material.name,
        tone=_tone(slot),
        status=status,
        words=words,
        standard=material.standard,
        formats=media_sentence(material, limit),
        accept=",".join(material.media_types),
        multiple=material.max_count > 1,
        given=tuple(_given(view, material, number) for view in slot.given),
        may_upload=_may_upload(slot),
        may_look_up=not done and bool(material.registers or material.licence_types),
        may_ask_company=not done and material.confirm_by == "company" and slot.state != "asked",
        may_promise=not done and material.promise_allowed,
        promise_text=material.promise_text,
        confirm_text=material.confirm_text,
        must_correct=slot.must_correct,
        problem=problem if done or slot.must_correct else "",
        generated=material.generated,
    )


def _may_upload(slot: SlotView) -> bool:
    material = slot.material
    if material.generated:
        return False
    held = any(view.kind is not MaterialKind.UPLOAD for view in slot.given)
    uploads = sum(view.kind is MaterialKind.UPLOAD for view in slot.given)
    return not held and (uploads < material.max_count or material.max_count == 1)


def _tone(slot: SlotView) -> str:
    if slot.must_correct or slot.state == "declined":
        return "wrong"
    return "held" if slot.state == "done" else "open"


def _state(slot: SlotView) -> tuple[StatusView, str]:
    if slot.must_correct:
        return StatusView("danger", "需更换"), ""
    if slot.state == "done":
        return _done(slot), ""
    if slot.material.generated:
        return StatusView("neutral", "最后一步确认", "edit"), "由您填写的内容生成，提交前请您核对确认。"
    if slot.state in {"asked", "declined"}:
        return _company(slot)
    if slot.given:
        return StatusView("info", "已上传，待核对", "eye"), "工作人员会核对；如能查到或由单位确认，会更快。"
    return _open(slot)


def _company(slot: SlotView) -> tuple[StatusView, str]:
    if slot.state == "asked":
        words = "已发给单位，单位确认后这里会变成“已确认”。"
        return StatusView("info", "等待单位确认", "company"), words
    reason = slot.confirmation.reason if slot.confirmation else ""
    return StatusView("danger", "单位没有确认"), f"单位说明：{reason}" if reason else "请与单位联系。"


def _done(slot: SlotView) -> StatusView:
    kinds = {view.kind for view in slot.given}
    return next((status for kind, status in DONE if kind in kinds), StatusView("success", "已通过检查"))


def _open(slot: SlotView) -> tuple[StatusView, str]:
    if slot.lookup == "down":
        return StatusView("warning", "待上传", "upload"), (
            f"{slot.lookup_source or '登记库'}暂时连接不上，不是您的问题。请先上传，或过一会儿再查一次。"
        )
    if slot.lookup == "not_held":
        return StatusView("warning", "待上传", "upload"), "已替您查过，没有查到，请上传。"
    if slot.material.confirm_by:
        return StatusView("warning", "待单位确认", "company"), "请单位在线确认，不用跑去盖章。"
    return StatusView("warning", "待上传", "upload"), ""


def _given(view: MaterialView, material: Material, number: str) -> GivenView:
    facts = tuple(
        (label, str(view.record[lookup.resource][name]))
        for lookup in material.registers
        if lookup.resource in view.record
        for name, label in lookup.shows.items()
        if view.record[lookup.resource].get(name)
    )
    return GivenView(
        key=view.key,
        title=view.name or material.name,
        words=_origin(view),
        file=_file(view, number) if view.file_id else None,
        facts=facts,
        removable=view.kind in {MaterialKind.UPLOAD, MaterialKind.PROMISE},
    )


def _origin(view: MaterialView) -> str:
    when = say_instant(view.obtained_at, today=civil_day(now()))
    party, _, rest = view.source.partition(" ")
    source = f"{get_display_name(party)}{rest}" if party.startswith("company:") else view.source
    return f"{source}，{when}" if source else when


def _file(view: MaterialView, number: str) -> FileView:
    address = reverse("portal:file", args=[number, view.key])
    thumb = address if view.media_type.startswith("image/") else ""
    return FileView(name=view.name, size=view.size, url=address, thumb=thumb)
