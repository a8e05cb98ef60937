"""Writes what is generated from the code: `make generate`. A test compares it with what is committed."""

import dataclasses
import inspect
import json
import os
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
CONTEXTS: Final = (
    "foundation",
    "notices",
    "identity",
    "catalogue",
    "exchange",
    "licences",
    "delivery",
    "cases",
    "departments",
)


def list_pages() -> dict[str, str]:
    """Return every generated file with its text."""
    return {
        ".env.example": _env_example(),
        "docs/reference/settings.md": _settings_page(),
        "docs/reference/events.md": _events_page(),
        "docs/reference/openapi.json": _openapi(),
    }


def _openapi() -> str:
    from suban.api.urls import api  # noqa: PLC0415 - the command sets the environment first

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1) + "\n"


def list_messages() -> list[type[Any]]:
    """Return every message that a context may publish, by topic."""
    from suban.kernel.messages import Message  # noqa: PLC0415 - the command sets the environment first

    found = {
        kind
        for context in CONTEXTS
        if find_spec(f"suban.{context}.events")
        for kind in vars(import_module(f"suban.{context}.events")).values()
        if inspect.isclass(kind) and issubclass(kind, Message) and "topic" in vars(kind)
    }
    return sorted(found, key=lambda kind: str(kind.topic))


def _settings() -> Iterator[tuple[str, str, str]]:
    from pydantic import AliasChoices  # noqa: PLC0415 - as above

    from suban.config.environment import Environment  # noqa: PLC0415 - as above

    for name, field in Environment.model_fields.items():
        alias = field.validation_alias
        variable = alias.choices[0] if isinstance(alias, AliasChoices) else f"SUBAN_{name.upper()}"
        default = field.default
        if isinstance(default, list):
            shown = json.dumps(default)
        else:
            shown = str(int(default)) if isinstance(default, bool) else str(default)
        yield str(variable), shown, field.description or ""


def _env_example() -> str:
    lines = ["# Settings with their defaults. Copy to .env and change what you need."]
    lines += ["# Generated from src/suban/config/environment.py by `make generate`."]
    for variable, default, words in _settings():
        lines += ["", f"# {words}", f"#{variable}={default}"]
    return "\n".join(lines) + "\n"


def _settings_page() -> str:
    lines = ["# Settings", ""]
    lines += [
        "Environment variables, or lines of a file `.env` in the working folder. A missing or wrong setting"
    ]
    lines += [
        "stops the start, with its name. Generated from `src/suban/config/environment.py` by `make generate`."
    ]
    lines += ["", "| variable | default | meaning |", "|---|---|---|"]
    for variable, default, words in _settings():
        lines += [f"| `{variable}` | {f'`{default}`' if default else '(empty)'} | {words} |"]
    return "\n".join(lines) + "\n"


def _events_page() -> str:
    lines = ["# Events", ""]
    lines += [
        "What contexts tell each other through the outbox, and what is kept in the chain of a case. Topics are"
    ]
    lines += ["stable. Generated from the contexts' `events` modules by `make generate`."]
    context = ""
    for kind in list_messages():
        if kind.topic.split(".")[0] != context:
            context = kind.topic.split(".")[0]
            lines += ["", f"## {context}", "", "| topic | fact | fields |", "|---|---|---|"]
        own = (inspect.getdoc(kind) or "").splitlines()[0]
        fields = ", ".join(f"`{field.name}`" for field in dataclasses.fields(kind))
        lines += [f"| `{kind.topic}` | {own} | {fields} |"]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write every generated file."""
    import django  # noqa: PLC0415 - the command sets the environment first

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suban.config.settings")
    os.environ.setdefault("SUBAN_DEMO", "1")
    django.setup()
    for name, text in list_pages().items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


if __name__ == "__main__":
    main()
