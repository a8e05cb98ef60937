"""Files go in judged, encrypted and synced, and come out whole or not at all."""

import io
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from suban.foundation import ports
from suban.foundation.adapters.folder import FolderFileStore
from suban.foundation.errors import (
    FileDamagedError,
    FileInfectedError,
    FileTooLargeError,
    FileTruncatedError,
    FileTypeNotAllowedError,
    SubjectShreddedError,
    UnknownFileError,
)
from suban.foundation.models import File
from suban.foundation.queries.files import content_headers, file_bytes, get_file, read_file
from suban.foundation.services.files import discard_file, keep_file, store_file, sweep_orphans
from suban.foundation.services.sealing import shred
from suban.foundation.services.transactions import transaction
from suban.foundation.types import PDF, StoredFile

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
PDF_BYTES = b"%PDF-1.7\n" + b"x" * 200_000 + b"\n%%EOF\n"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    with ports.file_store.plugged(FolderFileStore(tmp_path / "files")):
        yield tmp_path / "files"


def store(content: Any = PDF_BYTES, **changes: Any) -> StoredFile:
    if isinstance(content, bytes):
        content = io.BytesIO(content)
    words: dict[str, Any] = {
        "name": "证书.pdf",
        "subject": "person:a",
        "allow": frozenset({PDF}),
        "limit": 1_000_000,
        "at": NOON,
    }
    return store_file(content=content, **(words | changes))


def stored_paths(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_comes_back_as_it_was() -> None:
    stored = store(expected_size=len(PDF_BYTES))

    assert get_file(stored.id) == stored
    assert file_bytes(stored.id) == PDF_BYTES
    assert (stored.size, stored.media_type, stored.name, stored.scan) == (
        len(PDF_BYTES),
        PDF,
        "证书.pdf",
        "not_scanned",
    )
    assert content_headers(stored)["Content-Disposition"].startswith("attachment")


def test_chunks_are_taken_as_well_as_a_stream() -> None:
    assert file_bytes(store(iter([PDF_BYTES[:10], PDF_BYTES[10:]])).id) == PDF_BYTES


def test_neither_content_nor_name_can_be_read_from_disk_or_row(folder: Path) -> None:
    store()

    (path,) = stored_paths(folder)
    row = File.objects.get()
    assert b"xxxx" not in path.read_bytes()
    assert "证书".encode() not in bytes(row.name)


def test_the_same_file_of_two_persons_is_kept_twice(folder: Path) -> None:
    store()
    store(subject="person:b")

    first, second = (path.read_bytes() for path in stored_paths(folder))
    assert first != second


@pytest.mark.parametrize(
    ("content", "changes", "refusal"),
    [
        pytest.param(PDF_BYTES, {"limit": 1000}, FileTooLargeError, id="too large"),
        pytest.param(
            PDF_BYTES, {"expected_size": 2_000_000_000}, FileTooLargeError, id="announced too large"
        ),
        pytest.param(PDF_BYTES, {"expected_size": 300_000}, FileTruncatedError, id="shorter than announced"),
        pytest.param(PDF_BYTES[:-20], {}, FileTruncatedError, id="cut off"),
        pytest.param(b"", {}, FileTruncatedError, id="empty"),
        pytest.param(b"MZ" + bytes(100), {}, FileTypeNotAllowedError, id="program"),
        pytest.param(PDF_BYTES, {"name": "a.docx"}, FileTypeNotAllowedError, id="wrong extension"),
    ],
)
def test_a_refused_file_leaves_nothing_behind(
    folder: Path, content: bytes, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        store(content, **changes)

    assert not File.objects.exists()
    assert stored_paths(folder) == []


def test_reading_stops_at_the_limit() -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield bytes(65536)

    with pytest.raises(FileTooLargeError):
        store(endless(), limit=200_000)

    assert read == 4


def test_an_infected_file_is_not_kept(folder: Path) -> None:
    class Finds(ports.NoScan):
        def scan(self, content: Any, *, name: str) -> str:
            assert b"".join(content) == PDF_BYTES
            raise FileInfectedError("…", name=name)

    with ports.malware_scan.plugged(Finds()), pytest.raises(FileInfectedError):
        store()

    assert stored_paths(folder) == []


def test_an_altered_or_lost_stored_file_is_noticed(folder: Path) -> None:
    stored = store()
    (path,) = stored_paths(folder)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1

    path.write_bytes(bytes(content))
    with pytest.raises(FileDamagedError):
        file_bytes(stored.id)
    path.unlink()
    with pytest.raises(FileDamagedError):
        file_bytes(stored.id)


def test_a_shredded_subjects_file_is_unreadable(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        stored = store()
    with django_capture_on_commit_callbacks(execute=True):
        shred("person:a")

    assert get_file(stored.id).name == ""
    with pytest.raises(SubjectShreddedError):
        read_file(stored.id)


def test_an_unknown_file_is_not_found() -> None:
    with pytest.raises(UnknownFileError):
        get_file("0" * 32)


def test_a_discarded_file_goes_after_the_commit(
    folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    stored = store()

    with django_capture_on_commit_callbacks(execute=True):
        discard_file(file_id=stored.id)
        assert len(stored_paths(folder)) == 1

    assert stored_paths(folder) == []


def test_orphans_older_than_a_day_are_swept_and_nothing_else(folder: Path) -> None:
    kept, lost = store(), store()
    with transaction():
        keep_file(file_id=kept.id)
    File.objects.filter(file_id=lost.id).delete()
    (folder / "zz").mkdir()
    (folder / "zz" / "half.part").write_bytes(b"x")
    now = datetime.now(UTC)

    assert sweep_orphans(at=now) == 0
    for path in stored_paths(folder):
        os.utime(path, (time.time() - 90_000,) * 2)
    assert sweep_orphans(at=now + timedelta(seconds=1)) == 1

    assert [path.name for path in stored_paths(folder)] == [kept.id]


def test_a_file_that_nobody_attached_within_a_day_goes_and_can_no_longer_be_kept(folder: Path) -> None:
    stored_at = datetime(2026, 11, 23, tzinfo=UTC)
    dead = store(at=stored_at)

    assert sweep_orphans(at=stored_at + timedelta(hours=23)) == 0
    assert sweep_orphans(at=stored_at + timedelta(hours=25)) == 1

    with pytest.raises(UnknownFileError), transaction():
        keep_file(file_id=dead.id)


def test_a_write_that_fails_midway_leaves_no_file(folder: Path) -> None:
    def breaks() -> Iterator[bytes]:
        yield b"x"
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        FolderFileStore(folder).write("abc1", breaks())

    assert stored_paths(folder) == []


def test_a_key_with_a_path_in_it_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="letters"):
        FolderFileStore(folder).read("../secret")
