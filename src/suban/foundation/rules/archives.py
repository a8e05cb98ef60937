"""What a zip, Word or Excel file may hold: no bombs, no escapes, no programs, nothing encrypted."""

import stat
import zipfile
from pathlib import PurePosixPath
from typing import IO, Final

from suban.foundation.errors import FileTruncatedError, FileTypeNotAllowedError
from suban.foundation.rules.file_types import find_program
from suban.foundation.types import DOCX, XLSX, ZIP

MAX_MEMBERS: Final = 2000
MAX_UNPACKED: Final = 512 * 1024 * 1024
MAX_RATIO: Final = 200
_RATIO_FROM: Final = 1024 * 1024
_ENCRYPTED: Final = 0x1
_PEEK: Final = 512
_PROGRAM_NAMES: Final = frozenset(
    "exe dll com scr msi bat cmd ps1 vbs vbe js jse wsf hta lnk jar apk sh py php html htm svg bin".split()  # noqa: SIM905
)
_HARMLESS_BINARIES: Final = ("printersettings",)
_XML_PROGRAMS: Final = "网页或脚本"


def check_archive(content: IO[bytes], *, name: str) -> str:
    """Return the media type of the zip file `content`: Word, Excel or plain zip.

    :raises FileTruncatedError: its directory is missing or damaged.
    :raises FileTypeNotAllowedError: a member is a program, is encrypted, escapes, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(content) as archive:
            members = archive.infolist()
            kind = _kind({member.filename for member in members})
            _check_totals(members, name)
            for member in members:
                _check_member(archive, member, office=kind != ZIP, name=name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise FileTruncatedError("压缩文件不完整或已损坏，请重新打包后上传。", name=name) from error
    return kind


def _kind(members: set[str]) -> str:
    if "[Content_Types].xml" in members:
        if "word/document.xml" in members:
            return DOCX
        if "xl/workbook.xml" in members:
            return XLSX
    return ZIP


def _check_totals(members: list[zipfile.ZipInfo], name: str) -> None:
    if len(members) > MAX_MEMBERS:
        raise FileTypeNotAllowedError(f"压缩文件里超过 {MAX_MEMBERS} 个文件，请分开上传。", name=name)
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise FileTypeNotAllowedError("压缩文件解开后过大，不予接收。请分开上传。", name=name)


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, office: bool, name: str) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise FileTypeNotAllowedError("文件加了密码，工作人员无法打开。请去掉密码后再上传。", name=name)
    if _escapes(member):
        raise FileTypeNotAllowedError("压缩文件里有不安全的路径，不予接收。", name=name)
    if member.file_size > _RATIO_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise FileTypeNotAllowedError("压缩文件的压缩比异常，不予接收。", name=name)
    if not member.is_dir() and _is_program(archive, member, office=office):
        raise FileTypeNotAllowedError("压缩文件里含有程序、网页或宏，请删除后再上传。", name=name)


def _escapes(member: zipfile.ZipInfo) -> bool:
    path = member.filename.replace("\\", "/")
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return is_link or path.startswith("/") or ":" in path or ".." in PurePosixPath(path).parts


def _is_program(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, office: bool) -> bool:
    path = member.filename.lower()
    extension = path.rpartition(".")[2]
    if extension in _PROGRAM_NAMES and not any(part in path for part in _HARMLESS_BINARIES):
        return True
    with archive.open(member) as opened:
        found = find_program(opened.read(_PEEK))
    # The parts of an office file are XML by nature.
    return found is not None and not (found == _XML_PROGRAMS and (office or extension == "xml"))
