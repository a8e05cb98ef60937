"""What may be asked of a resource, and which answers can be relied on."""

from collections.abc import Mapping
from typing import Any

from suban.exchange.errors import PurposeMissingError, QueryIncompleteError
from suban.exchange.types import Resource


def check_purpose(*, purpose: str, case: str, by: str) -> None:
    """Refuse a call that doesn't say what for, in which case and by whom.

    :raises PurposeMissingError: one of them is empty.
    """
    if not (purpose.strip() and case.strip() and by.strip()):
        raise PurposeMissingError


def check_query(resource: Resource, query: Mapping[str, str]) -> None:
    """Refuse a question that the register couldn't answer, before anything leaves the house.

    :raises QueryIncompleteError: a required field is missing, or an unknown one was given.
    """
    missing = tuple(field.label for field in resource.query if field.required and not query.get(field.name))
    unknown = tuple(sorted(set(query) - {field.name for field in resource.query}))
    if missing or unknown:
        raise QueryIncompleteError(name=resource.name, missing=missing, unknown=unknown)


def is_reliable(resource: Resource, query: Mapping[str, str], data: Mapping[str, Any]) -> bool:
    """Tell whether an answer has every required field as text and is about what was asked."""
    complete = all(
        isinstance(data.get(field.name), str) and data[field.name] for field in _required(resource)
    )
    return complete and all(data.get(name) == query[name] for name in resource.echoes if query.get(name))


def only_known_fields(resource: Resource, data: Mapping[str, Any]) -> dict[str, str]:
    """Return every field that the catalogue lists, empty where the register has nothing, and no other.

    What nobody asked for isn't kept (最小必要).
    """
    given = {field.name: data.get(field.name) for field in resource.fields}
    return {name: "" if value is None else str(value) for name, value in given.items()}


def _required(resource: Resource) -> tuple[Any, ...]:
    return tuple(field for field in resource.fields if field.required)


def default_subject(query: Mapping[str, str], case: str) -> str:
    """Return under whose data key an answer is kept when the caller doesn't say: the company, or the case."""
    return f"company:{query['uscc']}" if query.get("uscc") else case
