"""A matter's form as fields of the form kit."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from suban.catalogue.rules import show_answer, visible_fields
from suban.catalogue.types import Field, FieldType, MatterDefinition, Section
from suban.web.ui.form_kit import FieldSpec, FieldView, field_view
from suban.web.ui.regions import all_regions

MOST_RADIOS: Final = 6
KINDS: Final = MappingProxyType(
    {FieldType.MULTI_CHOICE: "checkboxes", FieldType.REGION: "select", FieldType.NUMBER: "number"},
)
AUTOCOMPLETE: Final = MappingProxyType(
    {
        "person.name": "name",
        "person.phone": "tel",
        "person.email": "email",
        "person.address": "street-address",
        "person.birth_date": "bday",
        "company.name": "organization",
    },
)
SOURCES: Final = MappingProxyType({"person": "来自您的实名信息", "company": "来自企业登记信息"})
SIMPLE: Final = re.compile(r'([a-z][a-z0-9_]*) (==|!=) "([^"]*)"')


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field with the answer it depends on, so that a script can hide it until then."""

    view: FieldView
    shown_by: str = ""
    shown_for: str = ""
    hidden_for: str = ""


def field_spec(field: Field, answers: Mapping[str, Any]) -> FieldSpec:
    """Return the field as the form kit asks for it."""
    locked = field.locked and answers.get(field.name) not in (None, "")
    source = field.prefill.partition(".")[0] if field.prefill else ""
    return FieldSpec(
        name=field.name,
        label=f"{field.label}（{field.unit or '元'}）"
        if field.unit or field.type is FieldType.MONEY
        else field.label,
        type=_kind(field),
        required=field.required,
        help=field.help,
        options=_options(field),
        attributes=_attributes(field),
        readonly=locked,
        source=f"{SOURCES.get(source, '已经查到')}，不用填写" if locked else "",
    )


def specs_of(section: Section, answers: Mapping[str, Any]) -> list[FieldSpec]:
    """Return all fields of a section."""
    return [field_spec(field, answers) for field in section.fields]


def shown_fields(
    definition: MatterDefinition,
    section: Section,
    answers: Mapping[str, Any],
    *,
    errors: Mapping[str, list[str]],
    on: date,
) -> list[ShownField]:
    """Return the fields of a section that may be asked, each with its answer and errors.

    A field that depends on another answer in a simple way is always there, for the script to hide; one
    that depends in another way is there only when the answers so far ask for it.
    """
    visible = {field.name for field in visible_fields(definition, answers, on=on)}
    shown = []
    for field in section.fields:
        simple = SIMPLE.fullmatch(field.visible_if)
        if field.name not in visible and not simple:
            continue
        view = field_view(field_spec(field, answers), {field.name: _typed(field, answers)}, errors)
        shown.append(_shown(view, simple))
    return shown


def answer_rows(
    definition: MatterDefinition,
    section: Section,
    answers: Mapping[str, Any],
    *,
    on: date,
) -> list[tuple[str, str]]:
    """Return the answers of a section as the officer will read them."""
    visible = visible_fields(definition, answers, on=on)
    regions = all_regions()
    rows = []
    for field in section.fields:
        if field in visible:
            value = answers.get(field.name)
            shown = show_answer(field, value)
            if field.type is FieldType.REGION and str(value) in regions:
                shown = regions[str(value)].name
            rows.append((field.label, shown))
    return rows


def section_errors(section: Section, errors: Iterable[Any]) -> dict[str, list[str]]:
    """Return the errors of the fields of `section`, by field."""
    names = {field.name for field in section.fields}
    found: dict[str, list[str]] = {}
    for error in errors:
        if error.field in names:
            found.setdefault(error.field, []).append(error.message)
    return found


def _shown(view: FieldView, simple: re.Match[str] | None) -> ShownField:
    if simple is None:
        return ShownField(view)
    name, comparison, value = simple.groups()
    if comparison == "==":
        return ShownField(view, shown_by=name, shown_for=value)
    return ShownField(view, shown_by=name, hidden_for=value)


def _kind(field: Field) -> str:
    if field.type is not FieldType.CHOICE:
        return KINDS.get(field.type, field.type.value)
    if field.display != "auto":
        return field.display
    return "radio" if len(field.options) <= MOST_RADIOS else "select"


def _options(field: Field) -> tuple[tuple[str, str], ...]:
    if field.type is FieldType.REGION:
        return tuple((region.code, region.name) for region in all_regions().values())
    return tuple((option.value, option.label) for option in field.options)


def _attributes(field: Field) -> tuple[tuple[str, str], ...]:
    found = {}
    if field.placeholder:
        found["placeholder"] = field.placeholder
    if field.prefill and field.prefill in AUTOCOMPLETE:
        found["autocomplete"] = AUTOCOMPLETE[field.prefill]
    return tuple(found.items())


def _typed(field: Field, answers: Mapping[str, Any]) -> Any:
    value = answers.get(field.name)
    if field.type is FieldType.MONEY and isinstance(value, int):
        return f"{Decimal(value) / 100:f}"
    return value
