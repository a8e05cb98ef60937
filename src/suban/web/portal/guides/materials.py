"""A material in the guide: must I bring it, or is it already known, promised, confirmed by others."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from suban.catalogue.types import Material, MaterialNeed
from suban.web.ui.presentation import StatusView, say_size

MEDIA_WORDS: Final = MappingProxyType(
    {
        "application/pdf": "PDF",
        "image/jpeg": "JPG",
        "image/png": "PNG",
        "image/heic": "HEIC",
        "image/tiff": "TIFF",
        "application/zip": "ZIP",
    },
)
SOURCE_WORDS: Final = MappingProxyType(
    {"applicant": "您自备", "government": "政府部门核发", "employer": "单位出具", "institution": "机构出具"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialCard:
    """One material as the guide shows it."""

    number: int
    slot: str
    name: str
    status: StatusView
    sentence: str
    others: tuple[str, ...]
    source: str
    format: str
    condition: str
    standard: str
    notes: str
    basis: str
    to_prepare: bool


def material_cards(materials: Sequence[Material], *, limit: int) -> tuple[MaterialCard, ...]:
    """Return all materials of a matter, numbered."""
    return tuple(material_card(material, number, limit=limit) for number, material in enumerate(materials, 1))


def material_card(material: Material, number: int, *, limit: int) -> MaterialCard:
    """Return one material as the guide shows it; `limit` is the largest file in bytes."""
    status, sentence, to_prepare = _treatment(material)
    return MaterialCard(
        number=number,
        slot=material.slot,
        name=material.name,
        status=status,
        sentence=sentence,
        others=_other_ways(material) if to_prepare else (),
        source="，".join(part for part in (SOURCE_WORDS[material.source], material.issuer) if part),
        format="" if material.generated else media_sentence(material, limit),
        condition=material.condition_text,
        standard=material.standard,
        notes=material.notes,
        basis=material.basis,
        to_prepare=to_prepare and not material.condition,
    )


def media_sentence(material: Material, limit: int) -> str:
    """Return what files are taken, and how large."""
    kinds = "、".join(MEDIA_WORDS.get(kind, kind) for kind in material.media_types)
    count = f"，最多 {material.max_count} 个文件" if material.max_count > 1 else ""
    return f"{kinds}，每个不超过 {say_size(limit)}{count}"


def _treatment(material: Material) -> tuple[StatusView, str, bool]:
    if material.generated:
        return (
            StatusView("info", "在线生成", "edit"),
            "由您在网上填写的内容生成，看过后确认即可，不用打印签字。",
            False,
        )
    if held_in := _held_in(material):
        return (
            StatusView("success", "免提交"),
            f"{held_in}里查得到，我们替您调取；万一查不到，再请您上传。",
            False,
        )
    if material.confirm_by == "company":
        return (
            StatusView("success", "单位在线确认", "company"),
            "由单位用自己的账户在网上确认，您不用跑去盖章。",
            False,
        )
    if material.need is MaterialNeed.OPTIONAL:
        return StatusView("neutral", "可不提交", "info"), "有就上传，没有不影响办理。", False
    return StatusView("warning", "需要上传", "upload"), "请准备好清晰的照片或扫描件。", True


def _held_in(material: Material) -> str:
    sources = [lookup.title for lookup in material.registers]
    if not sources and material.licence_types:
        return "电子证照库"
    return "、".join(dict.fromkeys(sources))


def _other_ways(material: Material) -> tuple[str, ...]:
    ways = []
    if material.promise_allowed:
        ways.append("暂时没有？可以书面承诺，先办后补核。")
    if material.need is MaterialNeed.TOLERATED:
        ways.append("可以先受理，在规定时间内补交。")
    if material.max_age_days:
        ways.append(f"须为最近 {material.max_age_days} 天内出具。")
    return tuple(ways)
