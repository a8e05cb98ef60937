"""Bringing a backup back into an empty installation, and making sure that it is the same.

Every file is checked against its digest on its way. The database comes last, as a whole. A restore that was
interrupted left a mark: the same command with the same backup begins anew.
"""

from pathlib import Path
from typing import Any, Final

import orjson

from suban.config.backup.copies import copy_file, digest_file, read_sums, sync_folders, write_private
from suban.config.backup.dumps import Dump
from suban.config.backup.errors import BackupDamagedError, FolderNotEmptyError, NoBackupError
from suban.config.backup.taking import FORMAT, MANIFEST

MARK: Final = ".restoring"


def read_description(folder: Path) -> dict[str, Any]:
    """Return what the backup says of itself.

    :raises NoBackupError: the folder holds no finished backup that this version can read.
    """
    try:
        description = orjson.loads((folder / MANIFEST).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        raise NoBackupError(f"{folder} 里没有完成的备份：缺少 {MANIFEST}。") from None
    if not isinstance(description, dict) or description.get("format") != FORMAT:
        raise NoBackupError(
            f"这个备份的格式不能由本版本恢复，请使用写出它的版本。{MANIFEST} 的 format 应为 {FORMAT}。"
        )
    return description


def restore_backup(*, data: Path, dump: Dump, folder: Path) -> dict[str, Any]:
    """Bring everything back and return the backup's description; the evidence is checked by the caller.

    :raises NoBackupError: `folder` is no finished backup, or one of another kind of database.
    :raises FolderNotEmptyError: the installation isn't empty.
    :raises BackupDamagedError: a file isn't what it was; the database was left empty.
    :raises DatabaseToolError: the database could not be filled.
    """
    description = read_description(folder)
    if description["database"] != dump.kind:
        raise NoBackupError(
            f"这个备份来自 {description['database']}，现在的设置是 {dump.kind}。请核对 SUBAN_DATABASE_URL。"
        )
    sums = read_sums(folder, description["sums"])
    _begin(data, description["id"])
    dump.check_empty()
    for name, digest in sums.items():
        if name != dump.file:
            _bring_back(folder, data, name, digest)
    _check_dump(folder, dump, sums)
    sync_folders(data)
    dump.fill(folder / dump.file)
    (data / MARK).unlink()
    sync_folders(data)
    return description


def _begin(data: Path, backup: str) -> None:
    mark = data / MARK
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    interrupted = mark.is_file() and mark.read_text("utf-8") == backup
    if any(data.iterdir()) and not interrupted:
        raise FolderNotEmptyError(f"{data} 不是空文件夹，没有恢复。请换一个空的 SUBAN_DATA。")
    write_private(mark, backup.encode())


def _bring_back(folder: Path, data: Path, name: str, digest: str) -> None:
    place = Path(name)
    if place.is_absolute() or ".." in place.parts or place.parts[0] != "data":
        raise BackupDamagedError("备份的文件清单里有不该有的路径，没有恢复。", file=name)
    try:
        found = copy_file(folder / place, data.joinpath(*place.parts[1:]))
    except FileNotFoundError:
        raise BackupDamagedError(f"备份里缺少 {name}，没有恢复数据库。", file=name) from None
    if found != digest:
        raise BackupDamagedError(f"备份里的 {name} 已经损坏，没有恢复数据库。", file=name)


def _check_dump(folder: Path, dump: Dump, sums: dict[str, str]) -> None:
    source = folder / dump.file
    if not source.is_file() or digest_file(source) != sums.get(dump.file):
        raise BackupDamagedError(f"备份里的 {dump.file} 缺失或者已经损坏，没有恢复。", file=dump.file)
