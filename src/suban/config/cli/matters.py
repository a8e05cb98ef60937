"""`suban matter`: checks, publishes and exports definitions of matters."""

import argparse
import sys

from suban.config.cli import Commands, set_up_django


def register(commands: Commands) -> None:
    """Add `matter`."""
    command = commands.add_parser(
        "matter",
        help="check, publish and export definitions of matters",
        description="lint FILE, publish FILE, export CODE, or schema.",
    )
    command.add_argument("act", choices=["lint", "publish", "export", "schema"])
    command.add_argument("subject", nargs="?", default="", help="a YAML file, or a matter's code")
    command.add_argument("--by", default="system:suban", help="who publishes, as a reference")
    command.set_defaults(run=_work)


def _work(options: argparse.Namespace) -> int:
    set_up_django()
    from django.core.management import CommandError, call_command  # noqa: PLC0415 - needs Django set up

    try:
        call_command("matter", options.act, options.subject, by=options.by)
    except CommandError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0
