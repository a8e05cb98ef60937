"""Pictures of a phone: upright, clean of what the camera noted, bounded, and merged into one document."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from suban.cases.errors import ScanPictureError
from suban.cases.rules.scans import LONGEST, Shape, merge_pages, show_page, take_picture

RED, BLUE = (200, 30, 30), (30, 30, 200)


def photo(width: int = 400, height: int = 300, *, orientation: int = 1, kind: str = "JPEG") -> bytes:
    """Return a picture, red above and blue below, as a camera writes it: with place and device."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (0, height // 2, width, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "示例相机"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (32.0, 12.0, 0.0)
    content = BytesIO()
    picture.save(content, kind, exif=exif, comment=b"where I live") if kind == "JPEG" else picture.save(
        content, kind, exif=exif
    )
    return content.getvalue()


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that says it is enormous."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_nothing_but_the_picture_is_kept(kind: str) -> None:
    original = photo(kind=kind)
    assert dict(opened(original).getexif())

    kept = take_picture(original)

    assert not dict(opened(kept).getexif())
    assert b"Exif" not in kept
    assert b"where I live" not in kept
    assert set(opened(kept).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("orientation", "size", "at_the_top_left"),
    [
        pytest.param(1, (400, 300), RED, id="upright"),
        pytest.param(3, (400, 300), BLUE, id="upside down"),
        pytest.param(6, (300, 400), BLUE, id="turned left"),
        pytest.param(8, (300, 400), RED, id="turned right"),
    ],
)
def test_a_picture_is_put_upright(orientation: int, size: tuple[int, int], at_the_top_left: object) -> None:
    kept = opened(take_picture(photo(orientation=orientation)))

    assert kept.size == size
    corner = kept.getpixel((10, 10))
    assert all(abs(one - other) < 12 for one, other in zip(corner, at_the_top_left, strict=True))


def test_a_large_picture_is_made_smaller() -> None:
    assert max(opened(take_picture(photo(6000, 4000))).size) <= LONGEST


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"MZ" + bytes(4000), id="a program"),
        pytest.param(b"<svg onload='x()'/>", id="a page"),
        pytest.param(b"%PDF-1.4 not a picture %%EOF", id="a document"),
        pytest.param(photo()[:900], id="cut off"),
        pytest.param(bomb(50_000, 50_000), id="decompression bomb"),
        pytest.param(bomb(5_000, 5_000), id="too many pixels for a PNG"),
        pytest.param(bomb(1, 1_000_000), id="very long"),
        pytest.param(bomb(100, 100), id="less data than it says"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ScanPictureError):
        take_picture(content)


def test_other_formats_are_not_even_tried() -> None:
    content = BytesIO()
    Image.new("RGB", (10, 10)).save(content, "TIFF")

    with pytest.raises(ScanPictureError):
        take_picture(content.getvalue())


def test_turning_keeps_the_same_part_cut_off() -> None:
    shape = Shape(top=500 - 50)  # the upper, red part of a picture that is red above and blue below
    picture = take_picture(photo())

    for quarters in range(4):
        shown = opened(show_page(picture, shape.turned(quarters)))
        red, _, blue = shown.resize((1, 1)).getpixel((0, 0))
        assert blue > 2 * red

    assert shape.turned(4) == shape


@pytest.mark.parametrize("edge", [-1, 451])
def test_something_is_left_of_every_page(edge: int) -> None:
    with pytest.raises(ScanPictureError):
        Shape().cut(left=edge, top=0, right=0, bottom=0)


def test_pages_become_one_document_in_their_order() -> None:
    lying, standing = take_picture(photo(400, 300)), take_picture(photo(300, 400))

    document = PdfReader(
        BytesIO(merge_pages([(lying, Shape()), (standing, Shape()), (lying, Shape(turns=1))]))
    )

    lies = [page.mediabox.width > page.mediabox.height for page in document.pages]
    assert lies == [True, False, False]
    assert not document.metadata
