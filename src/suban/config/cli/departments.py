"""`suban system`: departments' own systems, their secrets, and a test of the connection."""

import argparse
import sys
from datetime import timedelta

from suban.config.cli import Commands, set_up_django
from suban.kernel.clock import now


def register(commands: Commands) -> None:
    """Add `system`."""
    command = commands.add_parser(
        "system",
        help="register departments' own systems, rotate their secrets",
        description="Departments' own systems: which there are, where, and with which secret.",
    )
    actions = command.add_subparsers(metavar="ACTION", required=True)
    actions.add_parser("list", help="list the registered systems").set_defaults(run=_list)
    _describe_add(actions)
    _describe_rotate(actions)
    for name, enabled in (("enable", True), ("disable", False)):
        switch = actions.add_parser(name, help=f"{name} a system")
        switch.add_argument("key", metavar="ID", help="the id of the system")
        switch.set_defaults(run=_switch, enabled=enabled)


def _describe_add(actions: Commands) -> None:
    command = actions.add_parser(
        "add",
        help="register a system, or change its name and address",
        description="Register a system. Its secret is shown once; registering again keeps it.",
    )
    command.add_argument("key", metavar="ID", help="the id that definitions name in handled_by")
    command.add_argument("--name", required=True, help="what officers call it")
    command.add_argument("--organ", required=True, metavar="USCC", help="whose it is")
    command.add_argument("--url", required=True, help="its address; pushes go to URL/v1/cases")
    command.add_argument(
        "--secret-stdin",
        action="store_true",
        help="take the secret from the first line of standard input instead of making one",
    )
    command.set_defaults(run=_add)


def _describe_rotate(actions: Commands) -> None:
    command = actions.add_parser(
        "rotate",
        help="make a new secret",
        description="Make a new secret and show it once; the former one stays good for a while.",
    )
    command.add_argument("key", metavar="ID", help="the id of the system")
    command.add_argument("--days", type=int, default=7, help="how long the former stays good; 0: not at all")
    command.set_defaults(run=_rotate)


def _list(_: argparse.Namespace) -> int:
    set_up_django()
    from suban.departments.queries import list_systems  # noqa: PLC0415 - needs Django set up

    for system in list_systems():
        state = "on " if system.enabled else "off"
        heard = system.last_heard_at.isoformat(timespec="seconds") if system.last_heard_at else "never heard"
        print(f"{system.key}  {state}  {system.organ}  {system.url}  {heard}  {system.name}")
    return 0


def _add(options: argparse.Namespace) -> int:
    set_up_django()
    from suban.departments.services import register_system  # noqa: PLC0415 - needs Django set up

    given = sys.stdin.readline().strip() if options.secret_stdin else ""
    secret = register_system(
        key=options.key,
        name=options.name,
        organ=options.organ,
        url=options.url,
        secret=given,
        at=now(),
    )
    _show(secret if not given else "", options.key)
    return 0


def _rotate(options: argparse.Namespace) -> int:
    set_up_django()
    from suban.departments.services import rotate_secret  # noqa: PLC0415 - needs Django set up

    overlap = timedelta(days=max(options.days, 0))
    _show(rotate_secret(key=options.key, at=now(), overlap=overlap), options.key)
    return 0


def _switch(options: argparse.Namespace) -> int:
    set_up_django()
    from suban.departments.services import switch_system  # noqa: PLC0415 - needs Django set up

    switch_system(key=options.key, enabled=options.enabled)
    print(f"{options.key}：{'已启用' if options.enabled else '已停用'}")
    return 0


def _show(secret: str, key: str) -> None:
    if secret:
        print(f"{key} 的密钥（只显示这一次）：\n{secret}")
    else:
        print(f"{key}：已登记")
