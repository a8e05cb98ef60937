"""What is drawn on documents: an organ's seal, and the holder's photo."""

import base64
from functools import lru_cache
from importlib.resources import files
from typing import Final

from suban.foundation.queries.files import file_bytes, get_file

PHOTO_TYPES: Final = frozenset({"image/jpeg", "image/png"})
LARGEST_PHOTO: Final = 6 * 1024 * 1024


@lru_cache(maxsize=1)
def get_seal_drawing() -> str:
    """Return the typst source that defines `seal(name)`; it goes before a template's own source."""
    return files("suban.licences").joinpath("templates_typ/seal.typ").read_text(encoding="utf-8")


def get_photo_drawing(file_id: str) -> str:
    """Return the photo inside an SVG of 25 by 35, cut to fit; nothing without a photo that can be printed.

    The template is drawn from text alone, so the picture comes to it as text.
    """
    photo = get_file(file_id) if file_id else None
    if photo is None or photo.media_type not in PHOTO_TYPES or photo.size > LARGEST_PHOTO:
        return ""
    content = base64.b64encode(file_bytes(file_id)).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 25 35"><image width="25" height="35" '
        f'preserveAspectRatio="xMidYMid slice" href="data:{photo.media_type};base64,{content}"/></svg>'
    )
