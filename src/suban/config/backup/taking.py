"""Taking a backup while people work: database and files to one moment.

Files never change once written, but one may be deleted at any time. So they are copied first, the database
then, and at last the files that came in between: every file that the copied database names is there. What a
deletion took in between makes the copy of the database be taken again.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import orjson

from suban.config.backup.copies import (
    copy_file,
    digest_file,
    list_files,
    sync_folders,
    write_private,
    write_sums,
)
from suban.config.backup.dumps import Dump, Snapshot
from suban.config.backup.errors import FolderNotEmptyError
from suban.kernel.references import new_id

FORMAT: Final = 1
MANIFEST: Final = "backup.json"
FILES: Final = "files"
# What is made anew by itself, or is the database, which is copied in its own way.
LEFT_OUT: Final = frozenset({FILES, "static", "run", "backups"})


@dataclass
class _Copies:
    """What lies in the backup so far, with digests."""

    data: Path
    folder: Path
    sums: dict[str, str] = field(default_factory=dict)

    def add(self, name: Path) -> bool:
        """Copy a file of the data folder; tell whether it was there."""
        key = f"data/{name}"
        if key in self.sums:
            return True
        try:
            self.sums[key] = copy_file(self.data / name, self.folder / key)
        except FileNotFoundError:
            return False
        return True

    def drop(self, name: Path) -> None:
        """Take a copy out again."""
        del self.sums[f"data/{name}"]
        (self.folder / f"data/{name}").unlink()


def take_backup(*, data: Path, dump: Dump, folder: Path, at: datetime) -> dict[str, Any]:
    """Write a backup into `folder` and return its description.

    :raises FolderNotEmptyError: something lies in `folder` already.
    :raises DatabaseToolError: the database could not be copied.
    """
    _make_empty(folder)
    copies = _Copies(data, folder)
    _copy_files(copies)
    snapshot, missing = _copy_database(copies, dump)
    _keep_only(copies, snapshot.files)
    for name in _others(data):
        copies.add(name)
    copies.sums[dump.file] = digest_file(folder / dump.file)
    sync_folders(folder)
    description = {
        "format": FORMAT,
        "id": new_id(),
        "suban": version("suban"),
        "taken_at": at.isoformat(),
        "database": dump.kind,
        "evidence": snapshot.counts.encode(),
        "files": len(snapshot.files),
        "missing_files": sorted(missing),
        "sums": write_sums(folder, copies.sums),
    }
    # Last of all: a folder without it is no backup.
    write_private(folder / MANIFEST, orjson.dumps(description, option=orjson.OPT_INDENT_2))
    sync_folders(folder)
    return description


def _make_empty(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(folder.iterdir()):
        raise FolderNotEmptyError(f"{folder} 不是空文件夹，没有备份。请换一个新文件夹。")
    folder.chmod(0o700)


def _copy_files(copies: _Copies) -> None:
    for path in _stored(copies.data):
        copies.add(path)


def _stored(data: Path) -> Iterable[Path]:
    return (path.relative_to(data) for path in (data / FILES).glob("??/*") if path.suffix != ".part")


def _copy_database(copies: _Copies, dump: Dump) -> tuple[Snapshot, frozenset[str]]:
    """Copy the database, then the files that it names and that came after the first pass.

    A file deleted in between is looked for in a newer copy of the database; one that is missing there too
    is really lost, which is told and doesn't keep the rest from being saved.
    """
    snapshot = dump.take(copies.folder / dump.file)
    missing = _copy_named(copies, snapshot)
    while missing:
        lost = missing
        snapshot = dump.take(copies.folder / dump.file)
        missing = _copy_named(copies, snapshot)
        if missing & lost:
            break
    return snapshot, missing


def _copy_named(copies: _Copies, snapshot: Snapshot) -> frozenset[str]:
    """Copy what `snapshot` names and isn't there yet; return what can't be found."""
    return frozenset(key for key in snapshot.files if not copies.add(_place(key)))


def _place(key: str) -> Path:
    return Path(FILES, key[-2:], key)


def _keep_only(copies: _Copies, named: frozenset[str]) -> None:
    for key in [name for name in copies.sums if Path(name).name not in named]:
        copies.drop(Path(key).relative_to("data"))


def _others(data: Path) -> Iterable[Path]:
    """Return keys, lists and what else lies in the data folder, but nothing that is made anew."""
    with os.scandir(data) as entries:
        folders = sorted(entry.name for entry in entries if entry.is_dir() and entry.name not in LEFT_OUT)
    for name in folders:
        yield from (Path(name, path) for path in list_files(data / name))
