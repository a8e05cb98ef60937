"""The published schemas: of a form, and of definitions themselves."""

import json
from pathlib import Path

import jsonschema_rs

from suban.catalogue.rules import compile_form, form_schema, structure_faults
from suban.catalogue.types import MatterDefinition

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "matter.schema.json"


def test_the_form_schema_takes_complete_answers(yaoshi, pharmacist_answers) -> None:
    schema = form_schema(yaoshi)

    jsonschema_rs.meta.validate(schema)
    assert jsonschema_rs.Draft202012Validator(schema).is_valid(pharmacist_answers)
    assert not jsonschema_rs.Draft202012Validator(schema).is_valid({})


def test_a_draft_may_be_incomplete_but_not_of_another_shape(yaoshi) -> None:
    form = compile_form(yaoshi)

    assert structure_faults(form, {"name": "示例"}) == ()
    assert {fault.field for fault in structure_faults(form, {"sex": 1, "phone": ["1"]})} == {"sex", "phone"}
    assert structure_faults(form, {"colour": "red"})[0].code == "structure"


def test_the_schema_in_the_documentation_is_current() -> None:
    assert json.loads(REFERENCE.read_text(encoding="utf-8")) == MatterDefinition.model_json_schema(), (
        "run: .venv/bin/python -m django matter schema > docs/reference/matter.schema.json"
    )


def test_the_shipped_definitions_fit_the_documented_schema(yaoshi, beian) -> None:
    validator = jsonschema_rs.Draft202012Validator(json.loads(REFERENCE.read_text(encoding="utf-8")))

    for definition in (yaoshi, beian):
        assert validator.is_valid(definition.model_dump(mode="json"))
