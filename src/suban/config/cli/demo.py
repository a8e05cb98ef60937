"""`suban demo load`: a small made-up Jiangsu, for trying everything out."""

import argparse
import sys
import time

from suban.config.cli import Commands, set_up_django
from suban.config.environment import environment


def register(commands: Commands) -> None:
    """Add `demo`."""
    command = commands.add_parser(
        "demo", help="the demo's data", description="Work with the made-up demo data."
    )
    actions = command.add_subparsers(metavar="ACTION", required=True)
    load = actions.add_parser(
        "load",
        help="load the made-up province",
        description="Load organs, matters, officers, people and companies through the services. "
        "Loading again finishes what is missing and changes nothing else. Demo mode only.",
    )
    load.set_defaults(run=_load)


def _load(_: argparse.Namespace) -> int:
    env = environment()
    if not env.demo:
        print("演示数据只能在演示模式下装载：SUBAN_DEMO=1 (demo data is for demo mode only)", file=sys.stderr)
        return 1
    set_up_django()
    from suban.demo.loading import load_demo  # noqa: PLC0415 - needs Django
    from suban.demo.people import APPLICANT, EMPLOYER, OFFICERS, PASSWORD  # noqa: PLC0415
    from suban.kernel.clock import now  # noqa: PLC0415

    began = time.monotonic()
    load_demo(data=env.data, at=now(), say=lambda words: print(f"  · {words}", flush=True))
    print(f"演示数据已就绪（{time.monotonic() - began:.1f} 秒）。密码都是 {PASSWORD}：")
    for title, username in (("申请人", APPLICANT.username), ("用人单位", EMPLOYER.username)):
        print(f"  {title:<6} {username}")
    for officer in OFFICERS:
        print(f"  {'、'.join(role.label for role in officer.roles):<6} {officer.username}")
    return 0
