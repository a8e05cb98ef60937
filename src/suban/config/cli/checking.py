"""`suban check`: says whether this installation may serve people."""

import argparse
import secrets
from collections.abc import Callable, Iterator

from suban.config.cli import Commands, set_up_django


def register(commands: Commands) -> None:
    """Add `check`."""
    command = commands.add_parser(
        "check",
        help="check settings, database, triggers, folders and keys",
        description="Check what an installation needs. Exit code 1 when anything is missing.",
    )
    command.set_defaults(run=_check)


def _check(_: argparse.Namespace) -> int:
    set_up_django()
    failed = False
    for name, check in (
        ("settings", _check_settings),
        ("database", check_database),
        ("triggers", _check_triggers),
        ("data folder", _check_folder),
        ("keys", _check_keys),
    ):
        faults = list(_faults_of(check))
        failed = failed or bool(faults)
        print(f"{'FAIL' if faults else 'ok':5} {name}")
        for fault in faults:
            print(f"      {fault}")
    return 1 if failed else 0


def _faults_of(check: Callable[[], Iterator[str]]) -> Iterator[str]:
    try:
        yield from check()
    except Exception as error:  # noqa: BLE001 - an edge: whatever goes wrong is told to the operator
        yield f"{type(error).__name__}: {error}"


def _check_settings() -> Iterator[str]:
    from django.conf import settings  # noqa: PLC0415 - needs Django set up
    from django.core import checks  # noqa: PLC0415 - needs Django set up

    # A demo runs without TLS on purpose; Django's deployment checks are for the others.
    found = checks.run_checks(include_deployment_checks=not settings.SUBAN.demo)
    for message in found:
        if message.level >= checks.WARNING and not message.is_silenced():
            yield f"{message.id}: {message.msg}"


def check_database() -> Iterator[str]:
    """Yield what keeps the database from being used."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 - needs Django set up

    connection.ensure_connection()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield f"{len(plan)} migrations are not applied: run `suban migrate`"


def _check_triggers() -> Iterator[str]:
    from suban.foundation.queries.protection import list_missing_protection  # noqa: PLC0415 - as above

    for name in list_missing_protection():
        yield f"trigger {name} is missing: run `suban migrate`"


def _check_folder() -> Iterator[str]:
    from django.conf import settings  # noqa: PLC0415 - needs Django set up

    probe = settings.SUBAN.data / f"probe-{secrets.token_hex(4)}"
    try:
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        yield f"{settings.SUBAN.data} can't be written: {error.strerror}"


def _check_keys() -> Iterator[str]:
    from suban.foundation.errors import NodeKeyMissingError, SealBrokenError  # noqa: PLC0415 - as above
    from suban.foundation.queries.keys import check_master_key  # noqa: PLC0415 - as above
    from suban.foundation.services.node_key import get_node_key  # noqa: PLC0415 - as above

    try:
        check_master_key()
    except SealBrokenError:
        yield "SUBAN_MASTER_KEY isn't the key under which this database was written"
    try:
        get_node_key()
    except NodeKeyMissingError as error:
        yield error.message
