"""SM2 as GB/T 32918 publishes it, and as nobody may bend it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suban.licences.adapters import sm2

# GB/T 32918.5 annex A.2: recommended curve, identity 1234567812345678, message "message digest".
HEADER = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
PUBLIC = HEADER + bytes.fromhex(
    "04"
    "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
SIGNATURE = bytes.fromhex(
    "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
    "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
)
KEY = sm2.new_key()


def test_the_published_signature_verifies():
    assert sm2.verify(b"message digest", SIGNATURE, PUBLIC)


@pytest.mark.parametrize("place", range(0, 64, 7))
def test_any_altered_byte_of_the_published_signature_is_found(place):
    altered = bytearray(SIGNATURE)
    altered[place] ^= 1

    assert not sm2.verify(b"message digest", bytes(altered), PUBLIC)


def test_another_message_or_another_key_is_found():
    assert not sm2.verify(b"message digesT", SIGNATURE, PUBLIC)
    assert not sm2.verify(b"message digest", SIGNATURE, KEY[1])


@pytest.mark.parametrize("signature", [b"", b"\x00" * 64, b"\xff" * 64, SIGNATURE + b"\x00", SIGNATURE[:-1]])
def test_what_is_no_signature_is_refused_without_a_crash(signature):
    assert not sm2.verify(b"message digest", signature, PUBLIC)


@settings(max_examples=20)
@given(st.binary(max_size=2000))
def test_what_is_signed_verifies(message):
    private, public = KEY

    signature = sm2.sign(message, private)

    assert len(signature) == 64
    assert sm2.verify(message, signature, public)
    assert not sm2.verify(message + b"!", signature, public)


@pytest.mark.parametrize("der", [b"", b"nothing", PUBLIC[:-5]])
def test_a_damaged_key_is_named(der):
    with pytest.raises(sm2.Sm2Error):
        sm2.verify(b"x", SIGNATURE, der)


def test_a_key_of_another_curve_is_refused():
    p256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200") + bytes.fromhex(
        "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
        "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
    )

    with pytest.raises(sm2.Sm2Error, match="not an SM2 key"):
        sm2.verify(b"x", SIGNATURE, p256)
