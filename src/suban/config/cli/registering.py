"""`suban organ` and `suban staff`: who works here."""

import argparse
from pathlib import Path

from suban.config.cli import Commands, set_up_django
from suban.identity.types import Role
from suban.kernel.clock import now


def register(commands: Commands) -> None:
    """Add `organ` and `staff`."""
    organ = commands.add_parser(
        "organ", help="register organs, import seals", description="Work with organs."
    )
    actions = organ.add_subparsers(metavar="ACTION", required=True)
    _describe_organ(actions)
    _describe_seal(actions)
    staff = commands.add_parser("staff", help="open accounts of staff", description="Work with staff.")
    _describe_staff(staff.add_subparsers(metavar="ACTION", required=True))


def _describe_organ(actions: Commands) -> None:
    command = actions.add_parser(
        "add",
        help="register an organ",
        description="Register an organ and give it a seal certified by this node. Safe to repeat.",
    )
    command.add_argument("uscc", metavar="USCC", help="unified social credit code (18 signs)")
    command.add_argument("--name", required=True, help="full name")
    command.add_argument("--short-name", default="", help="short name; default: the full")
    command.add_argument("--level", required=True, choices=list("1234567"), help="GB/T 39046 A.2")
    command.add_argument("--region", required=True, metavar="CODE", help="division, e.g. 321100")
    command.add_argument(
        "--parent", default="", metavar="USCC", help="the organ above; its rights reach down"
    )
    command.set_defaults(run=_add_organ)


def _describe_seal(actions: Commands) -> None:
    command = actions.add_parser(
        "import-seal",
        help="take over a seal that a certificate authority issued",
        description="Take over a P-256 seal (PEM files); the organ's former seal is retired.",
    )
    command.add_argument("uscc", metavar="USCC", help="whose seal it is")
    command.add_argument("--certificate", required=True, type=Path, help="the seal's certificate")
    command.add_argument("--key", required=True, type=Path, help="its private key, without passphrase")
    command.add_argument("--chain", required=True, type=Path, help="the authority's certificates")
    command.set_defaults(run=_import_seal)


def _describe_staff(actions: Commands) -> None:
    command = actions.add_parser(
        "add",
        help="open a staff member's account",
        description="Open an account with roles in an organ; repeating adds the roles that are missing. "
        "The password is asked for, or read from the first line of standard input.",
    )
    command.add_argument("username", metavar="USERNAME", help="account name")
    command.add_argument("--name", required=True, help="the person's name")
    command.add_argument("--organ", required=True, metavar="USCC", help="where the person works")
    command.add_argument("--post", required=True, help="the person's post")
    command.add_argument(
        "--role",
        action="append",
        default=[],
        choices=[role.value for role in Role],
        help="may be given several times",
    )
    command.set_defaults(run=_add_staff)


def _add_organ(options: argparse.Namespace) -> int:
    set_up_django()
    from suban.config import installing  # noqa: PLC0415 - needs Django set up

    organ = installing.NewOrgan(
        uscc=options.uscc,
        name=options.name,
        short_name=options.short_name,
        level=options.level,
        region_code=options.region,
        parent=options.parent,
    )
    _say(done=installing.ensure_organ(organ, at=now()))
    installing.ensure_seal(options.uscc, at=now())
    return 0


def _import_seal(options: argparse.Namespace) -> int:
    set_up_django()
    from suban.identity.queries import get_organ  # noqa: PLC0415 - needs Django set up
    from suban.licences.services import import_organ_seal  # noqa: PLC0415 - needs Django set up

    key_id = import_organ_seal(
        organ=options.uscc,
        name=get_organ(options.uscc).name,
        certificate=options.certificate.read_text(encoding="ascii"),
        private=options.key.read_text(encoding="ascii"),
        chain=options.chain.read_text(encoding="ascii"),
        at=now(),
    )
    print(f"印章已导入 (imported): {key_id}")
    return 0


def _add_staff(options: argparse.Namespace) -> int:
    set_up_django()
    from suban.config import installing  # noqa: PLC0415 - needs Django set up

    staff = installing.NewStaff(
        username=options.username,
        name=options.name,
        organ=options.organ,
        post=options.post,
        roles=tuple(Role(role) for role in options.role),
    )
    _say(done=installing.ensure_staff(staff, at=now()))
    return 0


def _say(*, done: bool) -> None:
    print("完成 (done)" if done else "已有 (already there)")
