"""The `suban` command.

Every module of this package that has `register(commands)` adds its sub-commands: a new one is a new
module, nothing here changes. A sub-command sets `run`, which takes the parsed options and returns the
exit code.
"""

import argparse
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TypeAlias

from pydantic import ValidationError

from suban.kernel.errors import DomainError

# argparse has no public name for what `add_subparsers` returns.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sub-command that the command line names; return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suban.config.settings")
    options = build_parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except ValidationError as error:
        _explain_settings(error)
        return 2
    except DomainError as refusal:
        print(refusal.message, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all sub-commands found in this package."""
    parser = argparse.ArgumentParser(
        prog="suban",
        description="速办: government services without meeting. Settings come from the environment.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        if not module.name.startswith("_"):
            register = getattr(import_module(f"{__name__}.{module.name}"), "register", None)
            if register is not None:
                register(commands)
    return parser


def set_up_django() -> None:
    """Load Django and the wiring; for sub-commands that use services."""
    import django  # noqa: PLC0415 - `suban --help` and `serve` don't need it

    django.setup()


def _explain_settings(error: ValidationError) -> None:
    print("设置有误，未启动 (settings are wrong, nothing was started):", file=sys.stderr)
    for fault in error.errors():
        name = ".".join(str(part) for part in fault["loc"])
        print(f"  {name or 'SUBAN'}: {fault['msg']}", file=sys.stderr)
