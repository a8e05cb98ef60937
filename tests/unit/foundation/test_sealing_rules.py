"""What the cipher of personal text promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suban.foundation.errors import SealBrokenError
from suban.foundation.rules.sealing import (
    derive_key,
    keyed_index,
    new_key,
    new_key_id,
    seal_bytes,
    unseal_bytes,
)

KEY, KEY_ID = new_key(), new_key_id()


def sealed_for(subject: str, plain: bytes) -> bytes:
    return seal_bytes(key=KEY, key_id=KEY_ID, subject=subject, plain=plain)


@given(st.binary(max_size=300))
def test_what_was_sealed_comes_back(plain: bytes) -> None:
    sealed = sealed_for("person:a", plain)

    assert unseal_bytes(key=KEY, key_id=KEY_ID, subject="person:a", sealed=sealed) == plain


def test_the_same_text_never_looks_the_same() -> None:
    assert sealed_for("person:a", b"x") != sealed_for("person:a", b"x")


def test_every_altered_byte_is_noticed() -> None:
    sealed = sealed_for("person:a", b"text")

    for place in range(len(sealed)):
        altered = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(SealBrokenError):
            unseal_bytes(key=KEY, key_id=KEY_ID, subject="person:a", sealed=altered)


@pytest.mark.parametrize("length", [0, 1, 9, 20, 36])
def test_a_cut_off_seal_is_refused(length: int) -> None:
    sealed = sealed_for("person:a", b"text")[:length]

    with pytest.raises(SealBrokenError):
        unseal_bytes(key=KEY, key_id=KEY_ID, subject="person:a", sealed=sealed)


def test_a_field_copied_to_another_subject_does_not_open() -> None:
    with pytest.raises(SealBrokenError):
        unseal_bytes(key=KEY, key_id=KEY_ID, subject="person:b", sealed=sealed_for("person:a", b"text"))


def test_keys_of_different_purposes_differ() -> None:
    master = bytes(32)

    assert derive_key(master, "wrap v1") != derive_key(master, "blind index v1")


def test_the_blind_index_keeps_kinds_apart_and_names_its_version() -> None:
    phone = keyed_index(key=KEY, kind="phone", value="1")

    assert phone.startswith("v1:")
    assert phone == keyed_index(key=KEY, kind="phone", value="1")
    assert phone != keyed_index(key=KEY, kind="citizen", value="1")
