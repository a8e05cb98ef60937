"""Files in a folder of this machine, spread over 256 subfolders.

A file is written under a temporary name, synced, renamed, and its folder synced: after `write` returns, a
power cut can't take it away, and no half file ever has a final name.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from suban.foundation.errors import FileDamagedError
from suban.foundation.ports import FileStore

_PIECE: Final = 256 * 1024
_PARTIAL: Final = ".part"


class FolderFileStore(FileStore):
    """Keeps files below `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, key: str, chunks: Iterable[bytes]) -> None:
        """Keep `chunks` under `key`; on return they survive a power cut."""
        final = self._path(key)
        _make_folder(final.parent)
        partial = final.with_name(final.name + _PARTIAL)
        try:
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as opened:
                for chunk in chunks:
                    opened.write(chunk)
                opened.flush()
                os.fsync(opened.fileno())
            partial.rename(final)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        _sync_folder(final.parent)

    def read(self, key: str) -> Iterator[bytes]:
        """Return the bytes under `key`, piece by piece."""
        try:
            opened = self._path(key).open("rb")
        except FileNotFoundError:
            raise FileDamagedError("文件在存储中找不到，请从备份恢复。", file=key) from None
        return _pieces(opened)

    def delete(self, key: str) -> None:
        """Remove what is under `key`; nothing there is fine."""
        self._path(key).unlink(missing_ok=True)

    def list_older_than(self, before: datetime) -> Iterator[str]:
        """Return the keys that were written before `before`; leftovers of broken writes are removed."""
        for path in self._root.glob("??/*"):
            try:
                is_old = path.stat().st_mtime < before.timestamp()
            except FileNotFoundError:
                continue
            if is_old and path.suffix == _PARTIAL:
                path.unlink(missing_ok=True)
            elif is_old:
                yield path.name

    def _path(self, key: str) -> Path:
        if not key.isalnum():
            raise ValueError("a file key is letters and digits only")
        return self._root / key[-2:] / key


def _pieces(opened: BinaryIO) -> Iterator[bytes]:
    with opened:
        while piece := opened.read(_PIECE):
            yield piece


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
