"""`suban migrate`: brings the database and the static files up to this version."""

import argparse

from suban.config.cli import Commands, set_up_django


def register(commands: Commands) -> None:
    """Add `migrate`."""
    command = commands.add_parser(
        "migrate",
        help="bring database and static files up to date",
        description="Create or migrate the tables, install the evidence triggers, collect the static files.",
    )
    command.set_defaults(run=_migrate)


def _migrate(_: argparse.Namespace) -> int:
    from suban.config.environment import environment  # noqa: PLC0415 - read when the command runs

    environment().data.mkdir(parents=True, exist_ok=True)
    set_up_django()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django set up

    call_command("migrate", interactive=False, verbosity=1)
    call_command("collectstatic", interactive=False, verbosity=0)
    return 0
