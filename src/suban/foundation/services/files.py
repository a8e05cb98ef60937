"""Taking files in, and letting them go.

A file is read once within its size limit, judged by its content, scanned, encrypted under a key of its own
and synced to disk before its row is written: a row never names a file that a power cut could take away.
Call `store_file` before opening the transaction that attaches the file: it reads and scans for a while.
A file left without a row by a crash is swept up a day later.
"""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, BinaryIO, Final

from django.conf import settings

from suban.foundation import ports
from suban.foundation.errors import FileTooLargeError, FileTruncatedError, UnknownFileError
from suban.foundation.models.files import File
from suban.foundation.rules.archives import check_archive
from suban.foundation.rules.file_cipher import CHUNK, encrypt_chunks
from suban.foundation.rules.file_names import clean_name
from suban.foundation.rules.file_types import (
    ARCHIVES,
    HEAD_BYTES,
    TAIL_BYTES,
    check_type,
    check_whole,
    sniff,
)
from suban.foundation.rules.sealing import new_key, seal_bytes
from suban.foundation.services.sealing import take_data_key
from suban.foundation.services.transactions import run_after_commit, transaction_required
from suban.foundation.types import ZIP, StoredFile
from suban.kernel.references import new_id

_IN_MEMORY: Final = 1024 * 1024
_ORPHAN_AFTER: Final = timedelta(hours=24)
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class _Received:
    content: IO[bytes]
    size: int
    digest: str
    head: bytes
    tail: bytes


def store_file(
    *,
    content: Iterable[bytes] | BinaryIO,
    name: str,
    subject: str,
    allow: frozenset[str],
    limit: int,
    expected_size: int | None = None,
    at: datetime,
) -> StoredFile:
    """Take in a file for `subject`, whose data key protects it.

    :raises FileTooLargeError: it is larger than `limit`; reading stops there.
    :raises FileTruncatedError: it was cut off, or isn't as long as `expected_size`.
    :raises FileTypeNotAllowedError: its content isn't of a kind in `allow`, or disagrees with its name.
    :raises FileInfectedError: malware was found.
    :raises ScannerDownError: a scanner is set up and doesn't answer.
    """
    name = clean_name(name)
    with _workspace() as space:
        received = _receive(content, space, name=name, limit=limit, expected_size=expected_size)
        media_type = _judge(received, name=name, allow=allow)
        scan = ports.malware_scan.get().scan(_reread(received), name=name)
        return _keep(received, name=name, subject=subject, media_type=media_type, scan=scan, at=at)


def discard_file(*, file_id: str) -> None:
    """Let a file go: its row now, its bytes after the commit. Doing it twice is harmless."""
    File.objects.filter(file_id=file_id).delete()
    store = ports.file_store.get()
    run_after_commit(lambda: store.delete(file_id))


@transaction_required
def keep_file(*, file_id: str) -> None:
    """Say, in the transaction that attaches a file, that it is wanted; otherwise it is swept after a day.

    :raises UnknownFileError: it was swept already.
    """
    if not File.objects.filter(file_id=file_id).update(kept=True):
        raise UnknownFileError("这个文件已经被清理，请重新上传。", file_id=file_id)


def sweep_orphans(*, at: datetime) -> int:
    """Delete files older than a day that nobody kept, and bytes that no row knows; return how many went.

    They are what a process left that died between storing a file and attaching it.
    """
    old = at - _ORPHAN_AFTER
    unkept = list(File.objects.filter(kept=False, stored_at__lt=old).values_list("file_id", flat=True))
    for file_id in unkept:
        discard_file(file_id=file_id)
    return len(unkept) + _sweep_bytes(old)


def _sweep_bytes(old: datetime) -> int:
    store = ports.file_store.get()
    swept = 0
    keys = list(store.list_older_than(old))
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        known = set(File.objects.filter(file_id__in=batch).values_list("file_id", flat=True))
        for key in batch:
            if key not in known:
                store.delete(key)
                swept += 1
    return swept


def _workspace() -> tempfile.SpooledTemporaryFile[bytes]:
    folder = settings.SUBAN.data / "tmp"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(folder))


def _receive(
    content: Iterable[bytes] | BinaryIO, space: IO[bytes], *, name: str, limit: int, expected_size: int | None
) -> _Received:
    size, sha, head, tail = 0, hashlib.sha256(), b"", b""
    if expected_size is not None and expected_size > limit:
        raise _too_large(name, limit)
    for chunk in _chunks(content):
        size += len(chunk)
        if size > limit:
            raise _too_large(name, limit)
        sha.update(chunk)
        space.write(chunk)
        head = (head + chunk)[:HEAD_BYTES] if len(head) < HEAD_BYTES else head
        tail = (tail + chunk)[-TAIL_BYTES:]
    if not size or (expected_size is not None and size != expected_size):
        raise FileTruncatedError("文件是空的或没有传完整，请检查网络后重新上传。", name=name)
    return _Received(content=space, size=size, digest=f"sha256:{sha.hexdigest()}", head=head, tail=tail)


def _chunks(content: Iterable[bytes] | BinaryIO) -> Iterator[bytes]:
    read = getattr(content, "read", None)
    if read is None:
        yield from content
        return
    while chunk := read(CHUNK):
        yield chunk


def _reread(received: _Received) -> Iterator[bytes]:
    received.content.seek(0)
    while chunk := received.content.read(CHUNK):
        yield chunk


def _judge(received: _Received, *, name: str, allow: frozenset[str]) -> str:
    media_type = sniff(received.head)
    if media_type == ZIP and allow & ARCHIVES:
        received.content.seek(0)
        media_type = check_archive(received.content, name=name)
    media_type = check_type(media_type=media_type, head=received.head, name=name, allow=allow)
    check_whole(media_type=media_type, tail=received.tail, name=name)
    return media_type


def _keep(
    received: _Received, *, name: str, subject: str, media_type: str, scan: str, at: datetime
) -> StoredFile:
    file_id, key, owner = new_id(), new_key(), take_data_key(subject)

    def sealed(plain: bytes) -> bytes:
        return seal_bytes(key=owner.secret, key_id=owner.key_id, subject=subject, plain=plain)

    store = ports.file_store.get()
    store.write(file_id, encrypt_chunks(_reread(received), key=key, file_id=file_id))
    File.objects.create(
        file_id=file_id,
        subject=subject,
        digest=received.digest,
        size=received.size,
        media_type=media_type,
        name=sealed(name.encode()),
        wrapped_key=sealed(key),
        scan=scan,
        stored_at=at,
    )
    return StoredFile(
        id=file_id,
        digest=received.digest,
        size=received.size,
        media_type=media_type,
        name=name,
        scan=scan,
        stored_at=at,
    )


def _too_large(name: str, limit: int) -> FileTooLargeError:
    size = f"{limit // (1024 * 1024)} MB" if limit >= 1024 * 1024 else f"{limit // 1024} KB"
    return FileTooLargeError(f"文件超过 {size}，请压缩或拆分后再上传。", name=name, limit=limit)
