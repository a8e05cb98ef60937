"""How the result comes: the last page of the form."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from suban.cases.types import ApplicantCase
from suban.catalogue.types import DeliveryChannel, MatterDefinition
from suban.identity.queries import read_person
from suban.identity.types import Actor
from suban.web.ui.form_kit import FieldSpec, field_view
from suban.web.ui.matter_form import ShownField

WAYS: Final = MappingProxyType(
    {
        DeliveryChannel.ELECTRONIC: "只要电子证照，在“我的空间”下载（办结即得）",
        DeliveryChannel.POST: "电子证照，另寄纸质的到家",
        DeliveryChannel.PICKUP: "电子证照，另到窗口领取纸质的",
    },
)


def delivery_specs(definition: MatterDefinition) -> list[FieldSpec]:
    """Return the questions of the page."""
    ways = tuple((way.value, WAYS[way]) for way in definition.delivery)
    specs = [FieldSpec(name="delivery", label="结果怎么给您", type="radio", options=ways)]
    if DeliveryChannel.POST in definition.delivery:
        specs += address_specs()
    return specs


def address_specs() -> list[FieldSpec]:
    """Return the questions about where a parcel goes."""
    return [
        FieldSpec(
            name="recipient",
            label="收件人",
            help="由本人或您委托的人签收，才算送达。",
            attributes=(("autocomplete", "name"),),
        ),
        FieldSpec(name="recipient_phone", label="收件人电话", type="phone"),
        FieldSpec(name="recipient_address", label="收件地址", type="address", help="请写到门牌号。"),
    ]


def address_problems(answers: Mapping[str, object]) -> dict[str, list[str]]:
    """Return what is missing, by field."""
    return {spec.name: [f"请填写{spec.label}。"] for spec in address_specs() if not answers[spec.name]}


def delivery_fields(
    definition: MatterDefinition,
    answers: Mapping[str, object],
    errors: Mapping[str, Sequence[str]],
) -> list[ShownField]:
    """Return the questions with what was answered."""
    return [
        ShownField(field_view(spec, answers, errors))
        if spec.name == "delivery"
        else ShownField(
            field_view(spec, answers, errors), shown_by="delivery", shown_for=DeliveryChannel.POST
        )
        for spec in delivery_specs(definition)
    ]


def delivery_answers(case: ApplicantCase, *, actor: Actor, at: datetime) -> dict[str, object]:
    """Return what was chosen; before that, the address that we know already."""
    first = case.definition.delivery[0]
    chosen = case.delivery or (
        DeliveryChannel.POST if DeliveryChannel.POST in case.definition.delivery else first
    )
    if case.address:
        known = case.address
        return {
            "delivery": chosen,
            "recipient": known.name,
            "recipient_phone": known.phone,
            "recipient_address": known.address,
        }
    person = read_person(person=actor.ref, by=actor, purpose="填写收件地址", case=case.number, at=at)
    return {
        "delivery": chosen,
        "recipient": person.name,
        "recipient_phone": person.phone,
        "recipient_address": person.address,
    }
