"""Where values come from: `person.name`, `company.uscc`, `answers.practice_region`.

`person` and `company` are what identity knows of the applicant, `answers` is the form, `result` the
licence in the making, `organ` the deciding organ, `case` the case itself.
"""

from collections.abc import Mapping
from typing import Any

from suban.catalogue.rules.answers import show_answer
from suban.catalogue.types import MatterDefinition, RegisterLookup

Sources = Mapping[str, Mapping[str, Any]]


def value_at(path: str, sources: Sources) -> Any:
    """Return the value that `path` names, or None."""
    source, _, name = path.partition(".")
    return sources.get(source, {}).get(name)


def prefill_answers(definition: MatterDefinition, sources: Sources) -> dict[str, Any]:
    """Return the answers that are already known, so that nobody types them."""
    known = {field.name: value_at(field.prefill, sources) for field in definition.fields if field.prefill}
    return {name: value for name, value in known.items() if value not in (None, "")}


def lookup_query(lookup: RegisterLookup, sources: Sources) -> dict[str, str] | None:
    """Return the query of a register look-up, or None while one of its values isn't known."""
    query = {name: value_at(path, sources) for name, path in lookup.query.items()}
    if any(value in (None, "") for value in query.values()):
        return None
    return {name: str(value) for name, value in query.items()}


def record_mismatches(lookup: RegisterLookup, record: Mapping[str, Any], sources: Sources) -> tuple[str, ...]:
    """Return the fields of `record` that aren't what the application says; empty when it is its own."""
    return tuple(
        name
        for name, path in lookup.match.items()
        if str(record.get(name, "")) != str(value_at(path, sources))
    )


def licence_face(definition: MatterDefinition, sources: Sources) -> dict[str, str]:
    """Return the lines on the face of the result, label to value as people read it."""
    return {line.label: _shown(definition, line.value, sources) for line in definition.result.face}


def _shown(definition: MatterDefinition, path: str, sources: Sources) -> str:
    value = value_at(path, sources)
    source, _, name = path.partition(".")
    field = definition.find_field(name) if source == "answers" else None
    if field is not None:
        return show_answer(field, value)
    return "" if value is None else str(value)
