"""Which materials a case must bring, and whether one is too old."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from suban.catalogue.rules.answers import variables_of, visible_fields
from suban.catalogue.rules.expressions import holds
from suban.catalogue.types import Material, MaterialNeed, MatterDefinition


def asked_materials(
    definition: MatterDefinition, answers: Mapping[str, Any], *, on: date
) -> tuple[Material, ...]:
    """Return the materials whose condition the answers meet, required or not, in their order."""
    shown = {field.name: answers.get(field.name) for field in visible_fields(definition, answers, on=on)}
    variables = variables_of(shown, on=on)
    return tuple(material for material in definition.materials if holds(material.condition, variables))


def required_materials(
    definition: MatterDefinition, answers: Mapping[str, Any], *, on: date
) -> tuple[Material, ...]:
    """Return the materials without which the application isn't complete."""
    return tuple(
        material
        for material in asked_materials(definition, answers, on=on)
        if material.need is MaterialNeed.REQUIRED
    )


def find_age_fault(material: Material, answers: Mapping[str, Any], *, on: date) -> str:
    """Return why a dated material can't be taken on the day `on`; empty when it can."""
    if material.max_age_days is None or material.date_field is None:
        return ""
    try:
        made_on = date.fromisoformat(str(answers.get(material.date_field) or ""))
    except ValueError:
        return f"请填写{material.name}上的日期。"
    if made_on > on:
        return f"{material.name}的日期晚于今天，请核对。"
    if made_on < on - timedelta(days=material.max_age_days):
        return (
            f"{material.name}须为最近 {material.max_age_days} 天内出具，现为 {made_on.isoformat()}，请更换。"
        )
    return ""
