"""Stored files: what they are, and their content, decrypted as it streams.

Knowing an id grants nothing: whoever serves a file checks first who asks.
"""

from collections.abc import Iterator, Mapping

from suban.foundation import ports
from suban.foundation.errors import FileDamagedError, SubjectShreddedError, UnknownFileError
from suban.foundation.models.files import File
from suban.foundation.queries.keys import DataKey, find_data_key
from suban.foundation.rules.file_cipher import decrypt_chunks
from suban.foundation.rules.file_names import response_headers
from suban.foundation.rules.sealing import unseal_bytes
from suban.foundation.types import StoredFile


def get_file(file_id: str) -> StoredFile:
    """Return what is known of a file; its name is gone once its subject was shredded.

    :raises UnknownFileError: no file has this id.
    """
    row = _get_row(file_id)
    try:
        name = _unseal(row, row.name).decode()
    except SubjectShreddedError:
        name = ""
    return StoredFile(
        id=row.file_id,
        digest=row.digest,
        size=row.size,
        media_type=row.media_type,
        name=name,
        scan=row.scan,
        stored_at=row.stored_at,
    )


def read_file(file_id: str) -> Iterator[bytes]:
    """Return the content of a file, piece by piece.

    :raises UnknownFileError: no file has this id.
    :raises SubjectShreddedError: its subject was erased.
    :raises FileDamagedError: the stored bytes were altered, cut or lost.
    """
    row = _get_row(file_id)
    key = _unseal(row, row.wrapped_key)
    return decrypt_chunks(ports.file_store.get().read(file_id), key=key, file_id=file_id)


def file_bytes(file_id: str) -> bytes:
    """Return the whole content of a file; for small ones."""
    return b"".join(read_file(file_id))


def content_headers(file: StoredFile, *, inline: bool = False) -> Mapping[str, str]:
    """Return the headers under which `file` may be served: downloaded, unless a PDF or image is shown."""
    return response_headers(media_type=file.media_type, name=file.name, inline=inline)


def _get_row(file_id: str) -> File:
    try:
        return File.objects.get(file_id=file_id)
    except File.DoesNotExist:
        raise UnknownFileError("没有这个文件，可能已被删除。", file=file_id) from None


def _unseal(row: File, sealed: bytes | memoryview) -> bytes:
    key = _data_key(row)
    return unseal_bytes(key=key.secret, key_id=key.key_id, subject=row.subject, sealed=bytes(sealed))


def _data_key(row: File) -> DataKey:
    key = find_data_key(row.subject)
    if key is None:
        raise FileDamagedError("文件的数据密钥不存在，请从备份恢复。", file=row.file_id)
    return key
