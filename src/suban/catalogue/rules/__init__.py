"""Pure decisions about definitions and answers: expressions, forms, materials, numbers, lint, YAML."""

from suban.catalogue.rules.answers import normalise_answers, show_answer, validate_answers, visible_fields
from suban.catalogue.rules.documents import dump_definition, load_definition
from suban.catalogue.rules.expressions import evaluate, holds
from suban.catalogue.rules.lint import lint_definition
from suban.catalogue.rules.materials import asked_materials, find_age_fault, required_materials
from suban.catalogue.rules.numbers import format_number, number_year
from suban.catalogue.rules.paths import (
    licence_face,
    lookup_query,
    prefill_answers,
    record_mismatches,
    value_at,
)
from suban.catalogue.rules.schema import compile_form, form_schema, structure_faults

__all__ = [
    "asked_materials",
    "compile_form",
    "dump_definition",
    "evaluate",
    "find_age_fault",
    "form_schema",
    "format_number",
    "holds",
    "licence_face",
    "lint_definition",
    "load_definition",
    "lookup_query",
    "normalise_answers",
    "number_year",
    "prefill_answers",
    "record_mismatches",
    "required_materials",
    "show_answer",
    "structure_faults",
    "validate_answers",
    "value_at",
    "visible_fields",
]
