"""Files are judged by content, names are made harmless, content is encrypted in order."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suban.foundation.errors import FileDamagedError, FileTruncatedError, FileTypeNotAllowedError
from suban.foundation.rules.archives import check_archive
from suban.foundation.rules.file_cipher import CHUNK, decrypt_chunks, encrypt_chunks
from suban.foundation.rules.file_names import clean_name, response_headers
from suban.foundation.rules.file_types import check_type, check_whole, sniff
from suban.foundation.types import DOCX, JPEG, PDF, PNG, XLSX, ZIP

KEY = bytes(range(32))
PDF_ONLY = frozenset({PDF})


def archive(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as opened:
        for name, data in members:
            opened.writestr(name, data)
    return content


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"%PDF-1.7\n", PDF),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), PNG),
        (b"\xff\xd8\xff\xe0" + bytes(20), JPEG),
        (b"PK\x03\x04" + bytes(30), ZIP),
        (b"MZ\x90\x00", None),
        (b"GIF89a" + bytes(20), None),
        (b"plain words", None),
        (b"", None),
    ],
)
def test_the_kind_is_told_by_content(head: bytes, expected: str | None) -> None:
    assert sniff(head) == expected


@pytest.mark.parametrize(
    "head", [b"MZ\x90\x00", b"\x7fELF\x02", b"#!/bin/sh\n", b"\xef\xbb\xbf <HTML>", b"<svg xmlns=", b"<?php "]
)
def test_a_program_renamed_to_pdf_is_refused_with_words(head: bytes) -> None:
    with pytest.raises(FileTypeNotAllowedError, match="文件内容是"):
        check_type(media_type=sniff(head), head=head, name="a.pdf", allow=PDF_ONLY)


def test_an_extension_that_says_otherwise_is_refused() -> None:
    with pytest.raises(FileTypeNotAllowedError, match="扩展名"):
        check_type(media_type=PDF, head=b"%PDF", name="a.jpg", allow=PDF_ONLY)


def test_what_is_not_asked_for_is_refused_with_what_is() -> None:
    with pytest.raises(FileTypeNotAllowedError, match="只接受PDF"):
        check_type(media_type=PNG, head=b"\x89PNG", name="a.png", allow=PDF_ONLY)


@pytest.mark.parametrize("name", ["证书.pdf", "证书.PDF", "without-extension"])
def test_an_agreeing_name_is_taken(name: str) -> None:
    assert check_type(media_type=PDF, head=b"%PDF", name=name, allow=PDF_ONLY) == PDF


@pytest.mark.parametrize(
    ("media_type", "tail"),
    [(PDF, b"...\n%%EOF\n"), (PNG, b"..IEND\xaeB`\x82"), (JPEG, b"..\xff\xd9")],
)
def test_the_end_must_be_there(media_type: str, tail: bytes) -> None:
    check_whole(media_type=media_type, tail=tail, name="a")
    with pytest.raises(FileTruncatedError):
        check_whole(media_type=media_type, tail=tail[:-4], name="a")


def test_office_files_are_told_apart_by_their_members() -> None:
    types = ("[Content_Types].xml", b"<?xml version='1.0'?>")

    assert check_archive(archive(types, ("word/document.xml", b"<?xml?>")), name="a") == DOCX
    assert check_archive(archive(types, ("xl/workbook.xml", b"<?xml?>")), name="a") == XLSX
    assert check_archive(archive(("a.pdf", b"%PDF")), name="a") == ZIP


@pytest.mark.parametrize(
    ("member", "data"),
    [
        pytest.param("../../etc/passwd", b"x", id="climbs out"),
        pytest.param("a/../../b", b"x", id="climbs out midway"),
        pytest.param("..\\..\\b", b"x", id="climbs out on windows"),
        pytest.param("/etc/passwd", b"x", id="absolute"),
        pytest.param("C:/x", b"x", id="drive"),
        pytest.param("setup.exe", b"x", id="program by name"),
        pytest.param("photo.jpg", b"MZ\x90\x00", id="program by content"),
        pytest.param("run", b"#!/bin/sh", id="script"),
        pytest.param("word/vbaProject.bin", b"\xd0\xcf", id="macro"),
        pytest.param("bomb.txt", bytes(30_000_000), id="bomb"),
    ],
)
def test_dangerous_members_are_refused(member: str, data: bytes) -> None:
    with pytest.raises(FileTypeNotAllowedError):
        check_archive(archive((member, data)), name="a.zip")


def test_an_encrypted_member_is_refused() -> None:
    content = bytearray(archive(("a.pdf", b"%PDF"), method=zipfile.ZIP_STORED).getvalue())
    content[content.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(FileTypeNotAllowedError, match="密码"):
        check_archive(io.BytesIO(bytes(content)), name="a.zip")


def test_too_many_members_are_refused() -> None:
    with pytest.raises(FileTypeNotAllowedError, match="超过"):
        check_archive(archive(*((f"{n}.txt", b"") for n in range(2001))), name="a.zip")


def test_a_cut_off_archive_is_refused() -> None:
    with pytest.raises(FileTruncatedError):
        check_archive(io.BytesIO(archive(("a.pdf", b"%PDF" * 100)).getvalue()[:-30]), name="a.zip")


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("证书.pdf", "证书.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\b.pdf", "b.pdf"),
        ("gnp\u202efdp.exe", "gnpfdp.exe"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 300, "x" * 120),
    ],
)
def test_names_are_made_harmless(given_name: str, expected: str) -> None:
    assert clean_name(given_name) == expected


@given(st.text(max_size=400))
def test_no_name_keeps_a_path_or_a_hidden_character(name: str) -> None:
    cleaned = clean_name(name)

    assert cleaned
    assert len(cleaned) <= 120
    assert not set(cleaned) & set('/\\\r\n\0"\u202e\u200b')


def test_only_pdf_and_images_are_shown_in_place() -> None:
    assert response_headers(media_type=PDF, name="a.pdf", inline=True)["Content-Disposition"].startswith(
        "inline"
    )
    for media_type, inline in ((PDF, False), (DOCX, True), ("text/html", True)):
        headers = response_headers(media_type=media_type, name="a", inline=inline)
        assert headers["Content-Disposition"].startswith("attachment")
        assert headers["Content-Type"] == "application/octet-stream"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in headers["Content-Security-Policy"]


def test_a_chinese_name_travels_in_the_header_encoded() -> None:
    headers = response_headers(media_type=PDF, name='证"书.pdf', inline=False)

    assert headers["Content-Disposition"].isascii()
    assert "filename*=UTF-8''%E8%AF%81%22%E4%B9%A6.pdf" in headers["Content-Disposition"]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_encrypted_content_comes_back(size: int) -> None:
    content = bytes(size)
    stored = list(encrypt_chunks([content], key=KEY, file_id="f"))

    assert b"".join(decrypt_chunks(stored, key=KEY, file_id="f")) == content
    assert b"".join(decrypt_chunks([b"".join(stored)], key=KEY, file_id="f")) == content


def test_a_stored_file_cut_at_a_chunk_border_is_noticed() -> None:
    stored = list(encrypt_chunks([bytes(2 * CHUNK)], key=KEY, file_id="f"))

    with pytest.raises(FileDamagedError):
        list(decrypt_chunks(stored[:-1], key=KEY, file_id="f"))


@pytest.mark.parametrize("stored", [[], [b"SB"], [b"XXXX123"], [b"SBF1"]])
def test_what_is_no_stored_file_is_refused(stored: list[bytes]) -> None:
    with pytest.raises(FileDamagedError):
        list(decrypt_chunks(stored, key=KEY, file_id="f"))


def test_chunks_cannot_be_swapped_nor_files_exchanged() -> None:
    magic, first, second, third = encrypt_chunks([bytes(3 * CHUNK)], key=KEY, file_id="f")

    with pytest.raises(FileDamagedError):
        list(decrypt_chunks([magic, second, first, third], key=KEY, file_id="f"))
    with pytest.raises(FileDamagedError):
        list(decrypt_chunks([magic, first, second, third], key=KEY, file_id="g"))
