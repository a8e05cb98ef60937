"""What a file is, told by its content and never by its name alone.

Only kinds on the allow-list are taken, the extension must agree with the content, and the end of the file
must be there: an upload cut off midway is refused when it arrives and not when the reviewer opens it.
"""

from collections.abc import Callable
from typing import Final

import filetype

from suban.foundation.errors import FileTruncatedError, FileTypeNotAllowedError
from suban.foundation.types import DOCX, JPEG, PDF, PNG, XLSX, ZIP

HEAD_BYTES: Final = 8192
TAIL_BYTES: Final = 65536
ARCHIVES: Final = frozenset({DOCX, XLSX, ZIP})
EXTENSIONS: Final = {
    PDF: ("pdf",),
    PNG: ("png",),
    JPEG: ("jpg", "jpeg"),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
    ZIP: ("zip",),
}
NAMES: Final = {
    PDF: "PDF",
    PNG: "PNG 图片",
    JPEG: "JPG 图片",
    DOCX: "Word 文档",
    XLSX: "Excel 表格",
    ZIP: "ZIP 压缩包",
}
_PROGRAMS: Final = (
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "Linux 程序"),
    (b"#!", "脚本"),
    (b"\xca\xfe\xba\xbe", "程序"),
    (b"\xcf\xfa\xed\xfe", "程序"),
    (b"\xce\xfa\xed\xfe", "程序"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "快捷方式"),
)
_MARKUP: Final = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<?php")


def find_program(head: bytes) -> str | None:
    """Return what kind of program begins with `head`, or None when it is none."""
    for magic, kind in _PROGRAMS:
        if head.startswith(magic):
            return kind
    start = head[:512].lstrip(b"\xef\xbb\xbf \t\r\n\0").lower()
    return "网页或脚本" if start.startswith(_MARKUP) else None


def sniff(head: bytes) -> str | None:
    """Return the media type that `head` begins, or None when it is none of ours.

    Word and Excel files show as `application/zip` here; their members tell them apart.
    """
    if find_program(head):
        return None
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ZIP
    guess = filetype.guess(head)
    media_type = str(guess.mime) if guess is not None else None
    return media_type if media_type in EXTENSIONS else None


def check_type(*, media_type: str | None, head: bytes, name: str, allow: frozenset[str]) -> str:
    """Return the media type of a file whose content is of `media_type` and whose name is `name`.

    :raises FileTypeNotAllowedError: it is a program, not on the allow-list, or its name says otherwise.
    """
    program = find_program(head)
    if program is not None:
        raise FileTypeNotAllowedError(
            f"文件内容是{program}，不是{_wanted(allow)}。改了扩展名也不能上传，请选择正确的文件。", name=name
        )
    if media_type is None or media_type not in allow:
        raise FileTypeNotAllowedError(
            f"只接受{_wanted(allow)}，请把文件转换成其中一种格式后再上传。", name=name
        )
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if extension and extension not in EXTENSIONS[media_type]:
        raise FileTypeNotAllowedError(
            f"文件扩展名是 .{extension}，内容却是 {NAMES[media_type]}。请核对后重新选择文件。", name=name
        )
    return media_type


def check_whole(*, media_type: str, tail: bytes, name: str) -> None:
    """Refuse a file whose end is missing.

    :raises FileTruncatedError: it was cut off.
    """
    if not _ENDINGS.get(media_type, _any_end)(tail):
        raise FileTruncatedError(
            f"{NAMES[media_type]}文件不完整，可能在传输或保存时中断。请重新导出或重新上传。", name=name
        )


def _wanted(allow: frozenset[str]) -> str:
    return "、".join(NAMES[kind] for kind in NAMES if kind in allow)


def _pdf_ends(tail: bytes) -> bool:
    return b"%%EOF" in tail[-1024:]


def _png_ends(tail: bytes) -> bool:
    return b"IEND\xaeB`\x82" in tail


def _jpeg_ends(tail: bytes) -> bool:
    return b"\xff\xd9" in tail


def _any_end(tail: bytes) -> bool:
    return bool(tail)


_ENDINGS: Final[dict[str, Callable[[bytes], bool]]] = {PDF: _pdf_ends, PNG: _png_ends, JPEG: _jpeg_ends}
