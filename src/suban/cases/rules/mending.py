"""Which slips of a form may be mended on the spot (行政许可法第32条第1款第3项); what is limited."""

import re

from suban.cases.rules.materials import answers_behind
from suban.catalogue.types import MatterDefinition


def mendable_fields(definition: MatterDefinition) -> frozenset[str]:
    """Return the fields on which no material, look-up, check, condition or other field rests.

    Whatever else is wrong needs a correction notice: what was found or confirmed for the old answer would
    no longer hold.
    """
    used: set[str] = set()
    for material in definition.materials:
        used |= answers_behind(material) | _names(material.condition)
        used |= {material.date_field or ""}
    for check in definition.checks:
        used |= _names(check.expression) | _names(check.when)
        lookup = check.lookup
        used |= _names(" ".join((*lookup.query.values(), *lookup.match.values()))) if lookup else set()
    for field in definition.fields:
        used |= _names(f"{field.visible_if} {field.not_before} {field.not_after}")
    return frozenset(field.name for field in definition.fields if not field.locked and field.name not in used)


def _names(expression: str) -> set[str]:
    return set(re.findall(r"[a-z][a-z0-9_]*", expression))


def is_limited(definition: MatterDefinition) -> bool:
    """Tell whether the matter gives only so many licences (数量限制)."""
    words = definition.extended.quantity_limit
    return not words.startswith(("没有", "无", "不限"))
