"""Copying files so that they survive a power cut, with a digest of each."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from suban.config.backup.errors import BackupDamagedError

SUMS: Final = "SHA256SUMS"
_PIECE: Final = 1024 * 1024
_DIGITS: Final = 64


def copy_file(source: Path, target: Path) -> str:
    """Copy one file, synced to disk, for its owner only; return its SHA-256."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with source.open("rb") as read, open_private(target) as written:
        while piece := read.read(_PIECE):
            digest.update(piece)
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())
    return digest.hexdigest()


def open_private(path: Path) -> BinaryIO:
    """Open a file for writing that nobody but its owner may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def write_private(path: Path, content: bytes) -> None:
    """Write a small file, synced to disk."""
    with open_private(path) as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()


def list_files(folder: Path) -> Iterator[Path]:
    """Return every file below `folder`, relative to it, in a fixed order. Links aren't followed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder)


def sync_folders(folder: Path) -> None:
    """Sync `folder` and every folder below it: names of files are data of their folders."""
    for path in (folder, *(below for below in folder.rglob("*") if below.is_dir())):
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_sums(folder: Path, sums: dict[str, str]) -> str:
    """Write the list of digests; return the digest of the list."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    write_private(folder / SUMS, lines.encode())
    return hashlib.sha256(lines.encode()).hexdigest()


def read_sums(folder: Path, digest: str) -> dict[str, str]:
    """Return the list of digests, by name.

    :raises BackupDamagedError: the list isn't the one that was written.
    """
    try:
        content = (folder / SUMS).read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != digest:
        raise BackupDamagedError(f"备份的文件清单 {SUMS} 缺失或者被改动，不能恢复。", file=SUMS)
    lines = content.decode().splitlines()
    return {line[_DIGITS + 2 :]: line[:_DIGITS] for line in lines}
