"""SM2 signatures with SM3 (GB/T 32918), by the machine's own libcrypto through ctypes.

`cryptography` has no SM2 and pure Python is twenty times slower. Keys travel as DER (the private one as
libcrypto writes it, the public one as SubjectPublicKeyInfo), signatures as the 64 bytes r‖s that fit a
QR code.
"""

import ctypes
import ctypes.util
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final, TypeAlias

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

USER_ID: Final = b"1234567812345678"  # the default of GM/T 0009
HALF: Final = 32
DER_SIGNATURE_SIZE: Final = 80

Pointer: TypeAlias = ctypes.c_void_p
Native: TypeAlias = Callable[..., Any]


class Sm2Error(RuntimeError):
    """libcrypto refused: no SM2 in it, or a damaged key."""


@lru_cache(maxsize=1)
def _crypto() -> ctypes.CDLL:
    library = ctypes.CDLL(ctypes.util.find_library("crypto") or "libcrypto.so.3")
    pointers = ("EVP_PKEY_CTX_new_from_name", "EVP_MD_CTX_new", "EVP_sm3", "d2i_AutoPrivateKey", "d2i_PUBKEY")
    for name in pointers:  # ctypes would cut their answers to 32 bits
        getattr(library, name).restype = Pointer
    return library


def _must(outcome: int | None, what: str) -> int:
    if outcome is None or outcome <= 0:
        _crypto().ERR_clear_error()
        raise Sm2Error(f"libcrypto: {what} failed")
    return outcome


def new_key() -> tuple[bytes, bytes]:
    """Return a fresh key pair as (private DER, public DER)."""
    crypto = _crypto()
    context = Pointer(_must(crypto.EVP_PKEY_CTX_new_from_name(None, b"SM2", None), "SM2"))
    key = Pointer()
    try:
        _must(crypto.EVP_PKEY_keygen_init(context), "keygen")
        _must(crypto.EVP_PKEY_generate(context, ctypes.byref(key)), "keygen")
        return _dump(crypto.i2d_PrivateKey, key), _dump(crypto.i2d_PUBKEY, key)
    finally:
        crypto.EVP_PKEY_free(key)
        crypto.EVP_PKEY_CTX_free(context)


def sign(message: bytes, private: bytes) -> bytes:
    """Return r‖s over `message`."""
    crypto = _crypto()
    with _key(private, crypto.d2i_AutoPrivateKey) as key, _digest_context() as context:
        _begin(crypto.EVP_DigestSignInit, context, key)
        buffer = ctypes.create_string_buffer(DER_SIGNATURE_SIZE)
        size = ctypes.c_size_t(DER_SIGNATURE_SIZE)
        text = (message, ctypes.c_size_t(len(message)))
        _must(crypto.EVP_DigestSign(context, buffer, ctypes.byref(size), *text), "sign")
    r, s = decode_dss_signature(buffer.raw[: size.value])
    return r.to_bytes(HALF, "big") + s.to_bytes(HALF, "big")


def verify(message: bytes, signature: bytes, public: bytes) -> bool:
    """Tell whether `signature` (r‖s) is of `message` by the owner of `public`."""
    if len(signature) != 2 * HALF:
        return False
    crypto = _crypto()
    r, s = int.from_bytes(signature[:HALF], "big"), int.from_bytes(signature[HALF:], "big")
    der = encode_dss_signature(r, s)
    with _key(public, crypto.d2i_PUBKEY) as key, _digest_context() as context:
        _begin(crypto.EVP_DigestVerifyInit, context, key)
        text = (message, ctypes.c_size_t(len(message)))
        outcome: int = crypto.EVP_DigestVerify(context, der, ctypes.c_size_t(len(der)), *text)
        crypto.ERR_clear_error()
    return outcome == 1


def _dump(export: Native, key: Pointer) -> bytes:
    size = _must(export(key, None), "export")
    buffer = ctypes.create_string_buffer(size)
    _must(export(key, ctypes.byref(ctypes.c_void_p(ctypes.addressof(buffer)))), "export")
    return buffer.raw


@contextmanager
def _key(der: bytes, load: Native) -> Iterator[Pointer]:
    crypto = _crypto()
    buffer = ctypes.create_string_buffer(der, len(der))
    start = Pointer(ctypes.addressof(buffer))
    key = Pointer(_must(load(None, ctypes.byref(start), ctypes.c_long(len(der))), "key"))
    try:
        if not crypto.EVP_PKEY_is_a(key, b"SM2"):
            raise Sm2Error("the key is not an SM2 key")
        yield key
    finally:
        crypto.EVP_PKEY_free(key)


@contextmanager
def _digest_context() -> Iterator[Pointer]:
    crypto = _crypto()
    context = Pointer(_must(crypto.EVP_MD_CTX_new(), "context"))
    try:
        yield context
    finally:
        crypto.EVP_MD_CTX_free(context)


def _begin(init: Native, context: Pointer, key: Pointer) -> None:
    crypto = _crypto()
    of_key = Pointer()
    _must(init(context, ctypes.byref(of_key), Pointer(crypto.EVP_sm3()), None, key), "init")
    _must(crypto.EVP_PKEY_CTX_set1_id(of_key, USER_ID, ctypes.c_int(len(USER_ID))), "user id")
