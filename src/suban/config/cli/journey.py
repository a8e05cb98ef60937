"""`suban journey`: the whole journey over HTTP, the smoke test of an installation."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from suban.config.cli import Commands


def register(commands: Commands) -> None:
    """Add `journey`."""
    command = commands.add_parser(
        "journey",
        help="play the whole journey against a running site",
        description="Apply, confirm, accept, examine, decide, issue, post: over HTTP, in all roles, with "
        "made-up materials. Exit code 1 at the first step that fails.",
    )
    command.add_argument("--url", required=True, help="address of the site, e.g. http://127.0.0.1:8000")
    command.add_argument(
        "--accounts",
        type=Path,
        help="accounts, matter and answers (JSON); default: demo/accounts.json in SUBAN_DATA",
    )
    command.add_argument("--json", action="store_true", help="print one JSON document at the end")
    command.set_defaults(run=_play)


def _play(options: argparse.Namespace) -> int:
    from suban.config.journey.callers import JourneyError, Site  # noqa: PLC0415 - other commands need no httpx
    from suban.config.journey.playing import Journey  # noqa: PLC0415

    data = Path(os.environ.get("SUBAN_DATA") or "var")
    accounts = _read(options.accounts or data / "demo" / "accounts.json")
    if accounts is None:
        return 1
    say = (lambda _: None) if options.json else _say
    journey = Journey(site=Site(options.url), accounts=accounts, folder=_folder(data), say=say)
    try:
        story = journey.play()
    except JourneyError as error:
        print(f"旅程中断 (the journey stopped): {error}", file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(story.as_json(), ensure_ascii=False))
    else:
        print(
            f"完成：{story.case_number}，机器用时 {story.machine_seconds:.2f} 秒，证照 {story.licence_file}"
        )
    return 0


def _say(words: str) -> None:
    print(words, flush=True)


def _folder(data: Path) -> Path:
    # A journey against another machine's site leaves its licence where it was started.
    return data / "journeys" if data.is_dir() and os.access(data, os.W_OK) else Path("journeys")


def _read(path: Path) -> dict[str, Any] | None:
    try:
        accounts: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"读不到账号文件 {path}：{error}（先运行 suban demo load）", file=sys.stderr)
        return None
    missing = {"applicant", "employer", "clerk", "decider", "dispatcher", "matter", "answers"} - set(accounts)
    if missing:
        print(f"账号文件 {path} 缺少：{'、'.join(sorted(missing))}", file=sys.stderr)
        return None
    return dict(accounts)
