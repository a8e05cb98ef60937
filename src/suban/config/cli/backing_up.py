"""`suban backup` and `suban restore`: database and files to one moment, and back into an empty place."""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from suban.config.cli import Commands, set_up_django
from suban.config.environment import Place
from suban.kernel.clock import now


def register(commands: Commands) -> None:
    """Add `backup` and `restore`."""
    backup = commands.add_parser(
        "backup",
        help="copy database and files to one moment, while people work",
        description="Copy database, files and keys of SUBAN_DATA into DIR, which must be new or "
        "empty. Site and worker may go on. DIR holds the keys of the data folder: keep it as safe.",
    )
    backup.add_argument("folder", metavar="DIR", type=Path)
    backup.set_defaults(run=_back_up)
    restore = commands.add_parser(
        "restore",
        help="bring a backup back into an empty SUBAN_DATA",
        description="Bring the backup in DIR back into an empty SUBAN_DATA (and an empty database, if "
        "SUBAN_DATABASE_URL names one), check every file and all evidence. "
        "Interrupted, it is simply run again.",
    )
    restore.add_argument("folder", metavar="DIR", type=Path)
    restore.set_defaults(run=_restore)


def _back_up(options: argparse.Namespace) -> int:
    set_up_django()
    from suban.config.backup.dumps import choose_dump  # noqa: PLC0415 - needs Django set up
    from suban.config.backup.taking import take_backup  # noqa: PLC0415 - as above

    place = Place()
    description = take_backup(
        data=place.data,
        dump=choose_dump(data=place.data, database_url=place.database_url),
        folder=options.folder.absolute(),
        at=now(),
    )
    for key in description["missing_files"]:
        print(
            f"数据库中登记的文件 {key} 在存储中找不到 (a file that the database names is missing)",
            file=sys.stderr,
        )
    evidence = description["evidence"]
    print(
        f"已备份到 {options.folder}：{description['files']} 个文件，{evidence['events']} 条记录 (backed up)"
    )
    return 1 if description["missing_files"] else 0


def _restore(options: argparse.Namespace) -> int:
    # The settings proper aren't read before the keys are back: a demo's secrets are part of its backup.
    from suban.config.backup.dumps import choose_dump  # noqa: PLC0415 - loads Django's tables
    from suban.config.backup.restoring import restore_backup  # noqa: PLC0415 - as above

    place = Place()
    description = restore_backup(
        data=place.data,
        dump=choose_dump(data=place.data, database_url=place.database_url),
        folder=options.folder.absolute(),
    )
    print(
        f"已恢复 {description['taken_at']} 的备份，正在核对全部证据… (restored, checking the evidence)",
        flush=True,
    )
    # In a process of its own, which reads the settings anew, as site and worker will.
    audit = [sys.executable, "-m", "suban.config.cli", "audit", "verify", "--json"]
    checked = subprocess.run(audit, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    fault = _compare(description["evidence"], checked)
    print(
        fault or "证据完整，与备份一致。请运行 suban migrate 和 suban check (complete, as it was backed up)"
    )
    return 1 if fault else 0


def _compare(expected: dict[str, Any], checked: "subprocess.CompletedProcess[str]") -> str:
    try:
        found = json.loads(checked.stdout)
    except json.JSONDecodeError:
        return f"无法核对证据 (the evidence could not be checked):\n{checked.stderr}"
    differing = [name for name, value in expected.items() if found[name] != value]
    if differing or not found["passed"]:
        what = ", ".join(differing) or "faults"
        return f"证据与备份不一致 (differs: {what})；请保留现场，查看 suban audit verify。"
    return ""
