"""Check, publish and export definitions of matters."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from suban.catalogue.errors import UnreadableDefinitionError
from suban.catalogue.queries import get_matter
from suban.catalogue.rules import lint_definition
from suban.catalogue.services import dump_definition, load_definition, publish_matter
from suban.catalogue.types import MatterDefinition
from suban.kernel.clock import civil_day, now
from suban.kernel.errors import DomainError


class Command(BaseCommand):
    """`matter lint FILE`, `matter publish FILE --by REF`, `matter export CODE`, `matter schema`."""

    help = "Check, publish and export definitions of matters."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name what may be done and to what."""
        parser.add_argument("act", choices=["lint", "publish", "export", "schema"])
        parser.add_argument("subject", nargs="?", default="", help="a YAML file, or a matter's code")
        parser.add_argument("--by", default="system:suban", help="who publishes, as a reference")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what was asked; a fault ends the command with its words."""
        try:
            self.stdout.write(_ACTS[options["act"]](options["subject"], options["by"]))
        except UnreadableDefinitionError as refusal:
            raise CommandError("\n".join(refusal.problems)) from refusal
        except (DomainError, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal


def _read(path: str) -> MatterDefinition:
    return load_definition(Path(path).read_text(encoding="utf-8"))


def _lint(path: str, _by: str) -> str:
    definition = _read(path)
    if findings := lint_definition(definition):
        raise CommandError("\n".join(f"{one.path}（{one.rule}）：{one.message}" for one in findings))
    return f"{definition.name}：没有问题"


def _publish(path: str, by: str) -> str:
    at = now()
    definition = _read(path)
    version = publish_matter(definition=definition, by=by, at=at, effective_from=civil_day(at))
    return f"{definition.name} {definition.code}：第 {version} 版"


def _export(code: str, _by: str) -> str:
    return dump_definition(get_matter(code).definition)


def _schema(_subject: str, _by: str) -> str:
    return json.dumps(MatterDefinition.model_json_schema(), ensure_ascii=False, indent=2)


_ACTS = {"lint": _lint, "publish": _publish, "export": _export, "schema": _schema}
