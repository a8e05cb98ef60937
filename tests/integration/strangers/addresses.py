"""Every address of the site, read from the site itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.urls import URLResolver, get_resolver

from suban.api.urls import api
from suban.web.account.gates import permission_of


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the site as it is written in its `urls`."""

    pattern: str
    permission: str | None

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(re.findall(r"<(?:\w+:)?(\w+)>", self.pattern))

    def fill(self, values: dict[str, str]) -> str:
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], self.pattern)


def _list(resolver: Any, prefix: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        written = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _list(pattern, written)
        else:
            yield Address(written, permission_of(pattern.callback))


ADDRESSES: Final = tuple(dict.fromkeys(_list(get_resolver())))


def values_for(address: Address, values: dict[str, dict[str, str]]) -> dict[str, str]:
    return next(given for place, given in values.items() if place in address.pattern)


def read(answer: Any) -> str:
    """Return all that was answered; a file read to its end is closed, as after every request."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode(errors="replace"))


def body_for(address: Address, method: str) -> dict[str, Any]:
    """Return the least body that the interface's own description takes: an ill-formed one hides what is asked."""
    described = _description()
    path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", address.pattern)
    operation = described["paths"].get(path, {}).get(method.lower(), {})
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return dict(_least(content["schema"], described)) if content else {}


@cache
def _description() -> dict[str, Any]:
    return dict(api.get_openapi_schema())


def _least(schema: dict[str, Any], described: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _least(described["components"]["schemas"][schema["$ref"].split("/")[-1]], described)
    if "anyOf" in schema or "allOf" in schema:
        return _least((schema.get("anyOf") or schema["allOf"])[0], described)
    if "enum" in schema or "const" in schema:
        return schema.get("enum", [schema.get("const")])[0]
    if schema.get("type") == "object":
        return {name: _least(schema["properties"][name], described) for name in schema.get("required", [])}
    if schema.get("type") == "array":
        return [_least(schema["items"], described)] * schema.get("minItems", 0)
    text = "2026-11-23" if schema.get("format") == "date" else "a" * max(1, schema.get("minLength", 1))
    return {"integer": schema.get("minimum", 1), "boolean": True}.get(schema.get("type", ""), text)
