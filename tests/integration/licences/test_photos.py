"""The holder's photo stands on the page; one that can't be read leaves its place blank."""

import io
import shutil
import struct
import subprocess
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from suban.foundation.queries.files import file_bytes
from suban.foundation.services.files import store_file
from suban.licences.models import Licence
from suban.licences.services import issue_licence

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
WIDTH, HEIGHT = 50, 70

pytestmark = pytest.mark.django_db


def png(pixels: bytes) -> bytes:
    """Return a PNG whose pixels are packed in `pixels`."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def pictures_on_the_page(request_for, content: bytes, folder: Path) -> int:
    photo = store_file(
        content=io.BytesIO(content),
        name="photo.png",
        subject="person:0190f3c2aa",
        allow=frozenset({"image/png"}),
        limit=1_000_000,
        at=NOON,
    )
    licence = issue_licence(request=request_for(photo=photo.id), at=NOON)
    page = folder / "licence.pdf"
    page.write_bytes(file_bytes(Licence.objects.get(identifier=licence).file_id))
    program = shutil.which("pdfimages")
    assert program, "install poppler-utils"
    said = subprocess.run([program, "-list", page], capture_output=True, text=True, check=True).stdout
    return sum(line.split()[2:5] == ["image", str(WIDTH), str(HEIGHT)] for line in said.splitlines())


def test_the_photo_stands_on_the_page(seal, request_for, tmp_path: Path):
    content = png(zlib.compress((b"\x00" + b"\x30\x60\xc0" * WIDTH) * HEIGHT))

    assert pictures_on_the_page(request_for, content, tmp_path) == 1


def test_a_damaged_photo_leaves_its_place_blank(seal, request_for, tmp_path: Path):
    assert pictures_on_the_page(request_for, png(b"no pixels"), tmp_path) == 0
