"""Materials made up on the spot: a small picture and a one-page PDF, different in every journey."""

import secrets
import struct
import zlib
from typing import Final

_WIDTH: Final = 295  # one inch at 300 dpi, as identity photos are
_HEIGHT: Final = 413
_FONTS: Final = b"<< /Font << /F1 5 0 R >> >>"


def make_photo() -> bytes:
    """Return a PNG of a figure before a light ground."""
    shade = secrets.randbelow(60)
    rows = b"".join(b"\x00" + b"".join(_pixel(x, y, shade) for x in range(_WIDTH)) for y in range(_HEIGHT))
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def make_pdf(title: str) -> bytes:
    """Return a PDF of one page that says in ASCII what it is."""
    words = f"Suban sample: {title} {secrets.token_hex(8)}".encode("ascii", "replace")
    stream = b"BT /F1 14 Tf 60 760 Td (" + words + b") Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>" % _FONTS,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    return _bind(objects)


def _bind(objects: tuple[bytes, ...]) -> bytes:
    document, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(document))
        document += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count, start = len(objects) + 1, len(document)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return document + head + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)


def _pixel(x: int, y: int, shade: int) -> bytes:
    across, down = (x - _WIDTH / 2) / 70, (y - 170) / 95
    if across * across + down * down < 1 or (y > 280 and abs(x - _WIDTH / 2) < 110):
        return bytes((90 + shade, 110 + shade, 130 + shade))
    return b"\xe8\xf0\xf8"


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
