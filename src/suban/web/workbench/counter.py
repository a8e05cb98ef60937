"""The window's pages: whom the clerk met, what is asked, what lies in each slot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from suban.cases.types import ApplicantCase, MaterialKind, SlotView
from suban.catalogue.queries import list_matters
from suban.catalogue.types import DeliveryChannel, MatterDefinition
from suban.identity.types import Actor, Role
from suban.web.ui.form_kit import FieldSpec, FieldView, field_view
from suban.web.ui.matter_form import ShownField, shown_fields
from suban.web.ui.presentation import StatusView
from suban.web.workbench.materials import slot_status

MOST_ORGANS: Final = 20
WAYS: Final = MappingProxyType(
    {
        DeliveryChannel.ELECTRONIC: "电子证照",
        DeliveryChannel.POST: "邮寄纸质",
        DeliveryChannel.PICKUP: "到窗口领取",
    }
)
MEETING: Final = (
    FieldSpec(
        name="citizen_id", label="公民身份号码", type="citizen_id", help="对照证件录入或用读卡器扫入。"
    ),
    FieldSpec(name="name", label="姓名"),
    FieldSpec(name="phone", label="手机", type="phone", required=False, help="没有手机可以不填。"),
    FieldSpec(name="address", label="联系地址", required=False),
)
COMPANY: Final = (
    FieldSpec(name="uscc", label="统一社会信用代码", type="uscc", required=False),
    FieldSpec(name="company_name", label="企业名称", required=False, help="没有登记过的企业才需要填。"),
    FieldSpec(name="legal_representative", label="法定代表人", required=False, help="同上。"),
    FieldSpec(
        name="mandate_until",
        label="授权委托书有效期至",
        type="date",
        required=False,
        help="到场的人还不是经办人时，核对委托书后填写。",
    ),
)
FINDING: Final = (
    FieldSpec(name="number", label="申报号", attributes=(("autocomplete", "off"),)),
    FieldSpec(name="found_citizen_id", label="到场人的公民身份号码", type="citizen_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSlot:
    """A material at the window."""

    number: int
    slot: str
    name: str
    standard: str
    status: StatusView
    accept: str
    multiple: bool
    given: tuple[tuple[str, str, bool], ...]
    may_upload: bool
    may_look_up: bool
    must_correct: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSection:
    """A part of the form, all of it open."""

    key: str
    title: str
    fields: Sequence[ShownField]


def matter_choices(clerk: Actor) -> list[tuple[str, str]]:
    """Return the matters for which the clerk takes applications in."""
    organs = sorted(clerk.organs_for(Role.CLERK))[:MOST_ORGANS]
    return [
        (card.code, f"{card.name}（{card.organ_name}）")
        for organ in organs
        for card in list_matters(organ=organ).cards
        if clerk.may(Role.CLERK, organ, card.code)
    ]


def meeting_fields(
    specs: Sequence[FieldSpec], answers: Mapping[str, object], errors: Mapping[str, Sequence[str]]
) -> list[FieldView]:
    """Return questions with what was answered."""
    return [field_view(spec, answers, errors) for spec in specs]


def delivery_specs(definition: MatterDefinition) -> list[FieldSpec]:
    """Return how the result comes, and where to."""
    ways = tuple((way.value, WAYS[way]) for way in definition.delivery)
    specs = [FieldSpec(name="delivery", label="结果怎么给申请人", type="radio", options=ways)]
    if DeliveryChannel.POST in definition.delivery:
        specs += [
            FieldSpec(name="recipient", label="收件人", required=False),
            FieldSpec(name="recipient_phone", label="收件人电话", type="phone", required=False),
            FieldSpec(name="recipient_address", label="收件地址", required=False),
        ]
    return specs


def delivery_views(case: ApplicantCase) -> list[FieldView]:
    """Return the questions about the result with what was answered."""
    address = case.address
    answers = {
        "delivery": case.delivery,
        "recipient": address.name if address else "",
        "recipient_phone": address.phone if address else "",
        "recipient_address": address.address if address else "",
    }
    return [field_view(spec, answers, {}) for spec in delivery_specs(case.definition)]


def form_sections(
    case: ApplicantCase, faults: Sequence[Mapping[str, str]], *, on: date
) -> list[WindowSection]:
    """Return the whole form, each field with its answer and what is wrong with it."""
    errors: dict[str, list[str]] = {}
    for fault in faults:
        errors.setdefault(fault["key"], []).append(fault["message"])
    return [
        WindowSection(
            key=section.key,
            title=section.title,
            fields=shown_fields(case.definition, section, case.answers, errors=errors, on=on),
        )
        for section in case.definition.form
    ]


def window_slots(slots: Sequence[SlotView]) -> list[WindowSlot]:
    """Return the materials; the form itself is signed further down."""
    return [_slot(slot, number) for number, slot in enumerate(slots, 1) if not slot.material.generated]


def _slot(slot: SlotView, number: int) -> WindowSlot:
    material = slot.material
    done = slot.state == "done"
    held = any(view.kind is not MaterialKind.UPLOAD for view in slot.given)
    return WindowSlot(
        number=number,
        slot=material.slot,
        name=material.name,
        standard=material.standard,
        status=slot_status(slot),
        accept=",".join(material.media_types),
        multiple=material.max_count > 1,
        given=tuple(
            (view.key, f"{view.name or material.name} · {view.source}", view.kind is MaterialKind.UPLOAD)
            for view in slot.given
        ),
        may_upload=not (done and held),
        may_look_up=not done and bool(material.registers or material.licence_types),
        must_correct=slot.must_correct,
    )
