"""The correction notice being built: which materials are ticked, what is wrong with each, on what basis."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from suban.cases.types import CorrectionItem, SlotView, StaffCase
from suban.web.ui.presentation import StatusView
from suban.web.workbench.materials import slot_status

FORM_SLOT: Final = "form"
COMMON_DEFECTS: Final = (
    ("missing", "没有提交"),
    ("unclear", "图像不清晰，关键内容无法辨认"),
    ("pages", "页数不全或者文件打不开"),
    ("differs", "与申请表填写内容不一致"),
    ("expired", "已过有效期或者超过规定的出具时间"),
    ("unsigned", "缺少签名或者盖章"),
)
COMMON_FORM_DEFECTS: Final = (
    ("blank", "有必填内容没有填写"),
    ("differs", "与证件或者登记信息不一致"),
    ("unclear", "填写内容不明确"),
)
_WORDS: Final[Mapping[str, str]] = dict(COMMON_DEFECTS + COMMON_FORM_DEFECTS)
LONGEST: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A common defect that may be ticked."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRow:
    """A material (or the form) with what was written about it."""

    slot: str
    name: str
    standard: str
    status: StatusView | None
    view_key: str
    ticked: bool
    choices: tuple[Choice, ...]
    words: str
    basis: str
    error: str

    @property
    def item(self) -> CorrectionItem:
        """The line of the notice that this row makes."""
        parts = [choice.label for choice in self.choices if choice.chosen]
        defect = "；".join([*parts, *([self.words] if self.words else [])])
        return CorrectionItem(slot=self.slot, defect=defect, basis=self.basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a row is about: a material, or the form."""

    slot: str
    name: str
    standard: str
    basis: str
    common: tuple[tuple[str, str], ...]
    status: StatusView | None = None
    view_key: str = ""


def correction_rows(case: StaffCase, typed: QueryDict) -> tuple[CorrectionRow, ...]:
    """Return every material and the form, with what was typed so far."""
    law = case.definition.bases[0]
    document = next((slot.material for slot in case.slots if slot.material.generated), None)
    form = Subject(
        slot=FORM_SLOT,
        name="申请表填写内容",
        standard="填写完整、真实，与证件和登记信息一致。",
        basis=document.basis if document else f"{law.law} {law.article}",
        common=COMMON_FORM_DEFECTS,
    )
    subjects = [form, *(_subject(slot) for slot in case.slots if not slot.material.generated)]
    return tuple(_row(subject, typed) for subject in subjects)


def _subject(slot: SlotView) -> Subject:
    material = slot.material
    return Subject(
        slot=material.slot,
        name=material.name,
        standard=material.standard,
        basis=material.basis,
        common=COMMON_DEFECTS,
        status=slot_status(slot),
        view_key=slot.given[0].key if slot.given else "",
    )


def _row(subject: Subject, typed: QueryDict) -> CorrectionRow:
    slot = subject.slot
    ticked = slot in typed.getlist("tick")
    chosen = frozenset(typed.getlist(f"common-{slot}"))
    words = typed.get(f"words-{slot}", "").strip()[:LONGEST]
    basis = typed.get(f"basis-{slot}", subject.basis).strip()[:LONGEST]
    return CorrectionRow(
        slot=slot,
        name=subject.name,
        standard=subject.standard,
        status=subject.status,
        view_key=subject.view_key,
        ticked=ticked,
        choices=tuple(
            Choice(value=value, label=label, chosen=value in chosen) for value, label in subject.common
        ),
        words=words,
        basis=basis,
        error=_error(subject.name, chosen, words, basis) if ticked else "",
    )


def _error(name: str, chosen: frozenset[str], words: str, basis: str) -> str:
    if not words and not chosen & _WORDS.keys():
        return f"请选择或者写明“{name}”哪里需要补正。"
    return "" if basis else f"请写明要求补正“{name}”的依据。"


def read_items(rows: tuple[CorrectionRow, ...]) -> tuple[CorrectionItem, ...]:
    """Return the lines of the notice."""
    return tuple(row.item for row in rows if row.ticked)
