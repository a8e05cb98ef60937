"""Pictures that a phone took, made into one document: upright, without what the camera noted, bounded.

Pure: bytes in, bytes out. Whatever is kept of a picture was drawn anew from its pixels: place, time and
device that the camera wrote into the file go no further. The head of a file tells how large the picture is,
before anything is unpacked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter

from suban.cases.errors import ScanPictureError

MAX_PAGES: Final = 30
LONGEST: Final = 3508
"""A4 at 300 dots an inch: more helps nobody to read."""
PREVIEW: Final = 1000

_MOST_PIXELS: Final = {"JPEG": 80_000_000, "PNG": 24_000_000}  # a JPEG is unpacked small, a PNG isn't
_LONGEST_SIDE: Final = 30_000
_SHEET: Final = (1654, 2339)  # A4 at 200 dots an inch
_DPI: Final = 200.0
_QUALITY: Final = 85
_MOST_CUT: Final = 450

_BROKEN: Final = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a picture is shown: quarter turns to the right, then what is cut off, in thousandths."""

    turns: int = 0
    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    def turned(self, quarters: int) -> "Shape":
        """Return the shape after further quarter turns to the right; the same part stays cut off."""
        shape = self
        for _ in range(quarters % 4):
            shape = Shape(
                turns=(shape.turns + 1) % 4,
                left=shape.bottom,
                top=shape.left,
                right=shape.top,
                bottom=shape.right,
            )
        return shape

    def cut(self, *, left: int, top: int, right: int, bottom: int) -> "Shape":
        """Return the shape with other edges.

        :raises ScanPictureError: less than a tenth would be left.
        """
        edges = (left, top, right, bottom)
        if not all(0 <= edge <= _MOST_CUT for edge in edges):
            raise ScanPictureError("每一边最多裁掉 45%，请填 0 到 45 之间的数。")
        return Shape(turns=self.turns, left=left, top=top, right=right, bottom=bottom)


def take_picture(content: bytes) -> bytes:
    """Return what a camera gave as a plain JPEG: upright, of bounded size, and nothing but the picture.

    :raises ScanPictureError: it is no picture, damaged, or would be too large unpacked.
    """
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
            _check_size(picture)
            picture.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(picture)
            return _jpeg(_on_white(upright), longest=LONGEST)
    except _BROKEN:
        raise ScanPictureError("这不是能打开的照片，请重新拍一张（JPG 或 PNG）。") from None


def show_page(content: bytes, shape: Shape, *, longest: int = PREVIEW) -> bytes:
    """Return a page as it will be, as JPEG."""
    return _jpeg(_shaped(content, shape), longest=longest)


def merge_pages(pages: Iterable[tuple[bytes, Shape]]) -> bytes:
    """Return the pages as one PDF on A4, one at a time so that many need no more memory than one."""
    writer = PdfWriter()
    for content, shape in pages:
        sheet = BytesIO()
        _on_sheet(_shaped(content, shape)).save(sheet, format="PDF", resolution=_DPI, quality=_QUALITY)
        writer.append(PdfReader(sheet))
    writer.metadata = None
    merged = BytesIO()
    writer.write(merged)
    return merged.getvalue()


def _check_size(picture: Image.Image) -> None:
    width, height = picture.size
    most = _MOST_PIXELS[picture.format or "PNG"]
    if width * height > most or max(width, height) > _LONGEST_SIDE:
        raise ScanPictureError(
            f"这张照片有 {width}×{height} 像素，太大了。请把相机调到较低的分辨率再拍。", pixels=width * height
        )
    if min(width, height) < 1:
        raise ScanPictureError("这张照片是空的，请重新拍一张。")


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGBA", "LA", "P", "PA"}:
        clear = picture.convert("RGBA")
        ground = Image.new("RGB", clear.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _shaped(content: bytes, shape: Shape) -> Image.Image:
    with Image.open(BytesIO(content), formats=("JPEG",)) as picture:
        turned = picture.convert("RGB")
    if shape.turns:
        turned = turned.transpose(
            (Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)[
                shape.turns - 1
            ]
        )
    width, height = turned.size
    left, top = width * shape.left // 1000, height * shape.top // 1000
    right, bottom = width - width * shape.right // 1000, height - height * shape.bottom // 1000
    return turned.crop((left, top, max(right, left + 1), max(bottom, top + 1)))


def _on_sheet(picture: Image.Image) -> Image.Image:
    size = _SHEET if picture.height >= picture.width else (_SHEET[1], _SHEET[0])
    fitted = ImageOps.contain(picture, size, Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", size, "white")
    sheet.paste(fitted, ((size[0] - fitted.width) // 2, (size[1] - fitted.height) // 2))
    return sheet


def _jpeg(picture: Image.Image, *, longest: int) -> bytes:
    if max(picture.size) > longest:
        picture = ImageOps.contain(picture, (longest, longest), Image.Resampling.LANCZOS)
    plain = BytesIO()
    # Nothing is handed on but pixels: Pillow would otherwise keep the colour profile and the comment.
    Image.frombytes("RGB", picture.size, picture.tobytes()).save(plain, format="JPEG", quality=_QUALITY)
    return plain.getvalue()
