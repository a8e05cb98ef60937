"""`suban setup`: what an empty installation needs before it can serve anybody; safe to repeat."""

import argparse
import sys
from collections.abc import Callable, Iterator
from typing import TypeAlias

from suban.config.cli import Commands, set_up_django
from suban.config.cli.checking import check_database
from suban.identity.types import Role
from suban.kernel.clock import now

Step: TypeAlias = tuple[str, Callable[[], bool]]


def register(commands: Commands) -> None:
    """Add `setup`."""
    command = commands.add_parser(
        "setup",
        help="prepare an empty installation: key, divisions, first organ and administrator",
        description="Prepare an empty installation, after `suban migrate`. Each step is done once: repeating "
        "the command finishes what is missing and changes nothing else. The administrator's password is "
        "asked for, or read from the first line of standard input.",
    )
    command.add_argument("--no-regions", action="store_true", help="don't import the divisions of Jiangsu")
    command.add_argument("--organ-code", metavar="USCC", default="", help="the first organ's code (18 signs)")
    command.add_argument("--organ-name", metavar="NAME", default="", help="its full name")
    command.add_argument(
        "--organ-short-name", metavar="NAME", default="", help="short name; default: the full"
    )
    command.add_argument(
        "--organ-level",
        metavar="LEVEL",
        choices=list("1234567"),
        default="3",
        help="1 country, 2 province, 3 city, 4 county … (GB/T 39046 A.2); default 3",
    )
    command.add_argument("--region", metavar="CODE", default="", help="its division, e.g. 321100")
    command.add_argument(
        "--admin", metavar="NAME", default="", help="account name of the first administrator"
    )
    command.add_argument("--admin-name", metavar="NAME", default="系统管理员", help="that person's name")
    command.set_defaults(run=_set_up)


def _set_up(options: argparse.Namespace) -> int:
    if options.admin and not options.organ_code:
        print(
            "--admin 需要 --organ-code：管理员属于一个机构 (an administrator has an organ)", file=sys.stderr
        )
        return 2
    set_up_django()
    faults = list(check_database())
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    for words, step in _steps(options):
        print(f"{words}…", end=" ", flush=True)
        print("完成 (done)" if step() else "已有 (already there)", flush=True)
    _say_what_is_left(options)
    return 0


def _steps(options: argparse.Namespace) -> Iterator[Step]:
    from suban.config import installing  # noqa: PLC0415 - needs Django set up

    at = now()
    yield "节点密钥 (node key)", installing.ensure_node_key
    if not options.no_regions:
        yield "江苏省行政区划 (divisions of Jiangsu)", installing.ensure_regions
    if options.organ_code:
        organ = installing.NewOrgan(
            uscc=options.organ_code,
            name=options.organ_name,
            short_name=options.organ_short_name,
            level=options.organ_level,
            region_code=options.region,
        )
        yield "机构 (organ)", lambda: installing.ensure_organ(organ, at=at)
        yield "电子印章 (electronic seal)", lambda: installing.ensure_seal(organ.uscc, at=at)
    if options.admin:
        staff = installing.NewStaff(
            username=options.admin,
            name=options.admin_name,
            organ=options.organ_code,
            post="系统管理",
            roles=(Role.ADMINISTRATOR,),
        )
        yield "管理员 (administrator)", lambda: installing.ensure_staff(staff, at=at)
    yield "证照状态名单 (status list)", lambda: installing.ensure_status_list(at=at)


def _say_what_is_left(options: argparse.Namespace) -> None:
    if options.organ_code:
        print(
            "印章由本节点自签，供试运行；正式印章请用 suban organ import-seal 导入。\n"
            "The seal is certified by this node itself; import the real one: suban organ import-seal --help"
        )
    else:
        print(
            "未指明机构：suban setup --organ-code … --organ-name … --region … --admin …（no organ was named）"
        )
