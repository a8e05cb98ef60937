"""How file content is encrypted: AES-256-GCM in chunks, so that any size streams in constant memory.

    file = magic (4 bytes) | chunk… ; chunk = up to 64 KiB of ciphertext and a tag of 16 bytes

Each file has a random key of its own, so a counter is a safe nonce. Its last byte says whether the chunk
is the final one: chunks can't be dropped, repeated, swapped, or the end cut off without notice.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from suban.foundation.errors import FileDamagedError

MAGIC: Final = b"SBF1"
CHUNK: Final = 64 * 1024
_TAG: Final = 16
_DAMAGED: Final = "文件在存储中已损坏或被改动，请从备份恢复。"


def encrypt_chunks(chunks: Iterable[bytes], *, key: bytes, file_id: str) -> Iterator[bytes]:
    """Return the stored form of the file made of `chunks`."""
    cipher, bound = AESGCM(key), file_id.encode()
    yield MAGIC
    for counter, (chunk, final) in enumerate(_with_final(regroup(chunks, CHUNK))):
        yield cipher.encrypt(_nonce(counter, final=final), chunk, bound)


def decrypt_chunks(stored: Iterable[bytes], *, key: bytes, file_id: str) -> Iterator[bytes]:
    """Return the content of the stored file, chunk by chunk; no chunk leaves unchecked.

    :raises FileDamagedError: it was altered or cut off.
    """
    cipher, bound = AESGCM(key), file_id.encode()
    sealed = regroup(_without_magic(stored), CHUNK + _TAG)
    for counter, (chunk, final) in enumerate(_with_final(sealed)):
        try:
            yield cipher.decrypt(_nonce(counter, final=final), chunk, bound)
        except InvalidTag:
            raise FileDamagedError(_DAMAGED, file=file_id) from None


def regroup(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Return the same bytes in pieces of `size`; the last may be shorter."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= size:
            yield bytes(held[:size])
            del held[:size]
    if held:
        yield bytes(held)


def _with_final(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    # An empty file is one empty final chunk.
    iterator = iter(chunks)
    held = next(iterator, b"")
    for chunk in iterator:
        yield held, False
        held = chunk
    yield held, True


def _without_magic(stored: Iterable[bytes]) -> Iterator[bytes]:
    held, seen = b"", False
    for piece in stored:
        if seen:
            yield piece
            continue
        held += piece
        if len(held) >= len(MAGIC):
            if not held.startswith(MAGIC):
                break
            seen = True
            yield held[len(MAGIC) :]
    if not seen:
        raise FileDamagedError(_DAMAGED)


def _nonce(counter: int, *, final: bool) -> bytes:
    return counter.to_bytes(11, "big") + bytes([final])
