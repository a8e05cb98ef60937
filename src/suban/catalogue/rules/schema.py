"""The form of a matter as JSON Schema, for other systems and for a first, structural check.

It says what each answer is made of; which fields are asked depends on the answers, so required fields
that are conditional aren't `required` here, and `validate_answers` has the last word.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import jsonschema_rs

from suban.catalogue.types import Field, FieldError, FieldType, MatterDefinition

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
LONGEST_TEXT: Final = 5000

_BY_TYPE: Final[Mapping[FieldType, Mapping[str, Any]]] = MappingProxyType(
    {
        FieldType.DATE: {"type": "string", "format": "date"},
        FieldType.CHECKBOX: {"type": "boolean"},
        FieldType.NUMBER: {"type": "number"},
        FieldType.MONEY: {"type": "integer", "description": "分"},
        FieldType.USCC: {"type": "string", "pattern": "^[0-9A-HJ-NPQRTUWXY]{18}$"},
        FieldType.CITIZEN_ID: {"type": "string", "pattern": "^[0-9]{17}[0-9X]$"},
        FieldType.EMAIL: {"type": "string", "format": "email"},
        FieldType.REGION: {"type": "string", "pattern": "^[0-9]{6}([0-9]{3}){0,2}$"},
    },
)


def form_schema(definition: MatterDefinition) -> dict[str, Any]:
    """Return the JSON Schema of complete answers to `definition`'s form."""
    return {
        "$schema": DIALECT,
        "title": definition.name,
        "type": "object",
        "properties": {field.name: _property(field) for field in definition.fields},
        "required": [field.name for field in definition.fields if field.required and not field.visible_if],
        "additionalProperties": False,
    }


def compile_form(definition: MatterDefinition) -> jsonschema_rs.Draft202012Validator:
    """Return a validator of drafts: right types, no unknown names, nothing demanded yet."""
    return jsonschema_rs.Draft202012Validator({**form_schema(definition), "required": []})


def structure_faults(
    form: jsonschema_rs.Draft202012Validator, answers: Mapping[str, Any]
) -> tuple[FieldError, ...]:
    """Return what in `answers` isn't of the shape that the compiled form asks for."""
    faults: dict[str, FieldError] = {}
    for error in form.iter_errors(dict(answers)):
        field = str(error.instance_path[0]) if error.instance_path else ""
        message = f"内容的类型不对：{error.message}"
        faults.setdefault(field, FieldError(field=field, code="structure", message=message))
    return tuple(faults.values())


def _property(field: Field) -> dict[str, Any]:
    described = {"title": field.label, **_BY_TYPE.get(field.type, {"type": "string"})}
    if field.help:
        described["description"] = field.help
    options = [option.value for option in field.options]
    if field.type is FieldType.CHOICE:
        described["enum"] = options
    if field.type is FieldType.MULTI_CHOICE:
        described |= {"type": "array", "items": {"type": "string", "enum": options}, "uniqueItems": True}
    if field.type is FieldType.CHECKBOX and field.must_be_true:
        described["const"] = True
    return described | _limits(field)


def _limits(field: Field) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    if field.type in {FieldType.TEXT, FieldType.TEXTAREA, FieldType.ADDRESS}:
        limits["maxLength"] = field.max_length or LONGEST_TEXT
        if field.min_length or field.required:
            limits["minLength"] = field.min_length or 1
    if field.pattern:
        limits["pattern"] = f"^(?:{field.pattern})$"
    if field.minimum is not None:
        limits["minimum"] = field.minimum
    if field.maximum is not None:
        limits["maximum"] = field.maximum
    return limits
