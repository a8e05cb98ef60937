"""Check digits: what is published passes, and one wrong character never does."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from suban.kernel import identifiers as ids

VECTORS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("vectors.yaml").read_text("utf-8"))
DIGITS = "0123456789"
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PRINTABLE = "".join(map(chr, range(32, 127))) + "０９Ｘ年٣"
PAIRS: dict[str, tuple[Callable[[str], bool], Callable[[str], None]]] = {
    "uscc": (ids.is_valid_uscc, ids.check_uscc),
    "citizen_id": (ids.is_valid_citizen_id, ids.check_citizen_id),
    "licence_identifier": (ids.is_valid_licence_identifier, ids.check_licence_identifier),
    "food_permit": (ids.is_valid_food_permit, ids.check_food_permit),
    "organ_code": (ids.is_valid_organ_code, ids.check_organ_code),
}
VALID = [
    (kind, text)
    for kind in ("uscc", "citizen_id", "licence_identifier", "food_permit")
    for text in VECTORS[kind]["published"] + VECTORS[kind]["made_up"]
]
ORGAN_CODES = [text[8:17] for text in VECTORS["uscc"]["published"]]


@pytest.mark.parametrize(("kind", "text"), VALID + [("organ_code", code) for code in ORGAN_CODES])
def test_a_published_number_is_valid(kind: str, text: str) -> None:
    is_valid, check = PAIRS[kind]

    check(text)

    assert is_valid(text)


@pytest.mark.parametrize(("kind", "text"), VALID)
def test_every_single_character_change_is_rejected(kind: str, text: str) -> None:
    is_valid, _ = PAIRS[kind]

    passed = [
        (place, other)
        for place, c in enumerate(text)
        for other in PRINTABLE
        if other != c and is_valid(text[:place] + other + text[place + 1 :])
    ]

    assert passed == []


@pytest.mark.parametrize("code", ORGAN_CODES)
def test_every_change_that_modulus_11_can_see_is_rejected_in_an_organ_code(code: str) -> None:
    passed = [
        (c, other)
        for place, c in enumerate(code[:-1])
        for other in ALPHANUMERIC
        if (ALPHANUMERIC.index(other) - ALPHANUMERIC.index(c)) % 11
        and ids.is_valid_organ_code(code[:place] + other + code[place + 1 :])
    ]
    passed += [
        (code[-1], c) for c in ALPHANUMERIC if c != code[-1] and ids.is_valid_organ_code(code[:-1] + c)
    ]

    assert passed == []


@given(st.integers(0, 10**8 - 1), st.integers(0, 7), st.sampled_from(DIGITS))
def test_one_wrong_digit_in_any_numeric_organ_code_is_rejected(number: int, place: int, other: str) -> None:
    body = f"{number:08d}"
    code = next(body + c for c in DIGITS + "X" if ids.is_valid_organ_code(body + c))

    changed = code[:place] + other + code[place + 1 :]

    assert ids.is_valid_organ_code(changed) is (changed == code)


@given(
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9),
    st.integers(0, 999999),
    st.integers(0, 17),
    st.sampled_from(ALPHANUMERIC),
)
def test_one_wrong_character_in_any_uscc_is_rejected(
    subject: str, division: int, place: int, other: str
) -> None:
    body = f"91{division:06d}{subject}"
    valid = [body + c for c in ALPHANUMERIC if ids.is_valid_uscc(body + c)]

    changed = valid[0][:place] + other + valid[0][place + 1 :]

    assert len(valid) == 1
    assert ids.is_valid_uscc(changed) is (changed == valid[0])


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.integers(0, 999),
    st.integers(0, 17),
    st.sampled_from(DIGITS + "X"),
)
def test_one_wrong_character_in_any_citizen_id_is_rejected(
    birth: date, sequence: int, place: int, other: str
) -> None:
    body = f"329900{birth:%Y%m%d}{sequence:03d}"
    valid = [body + c for c in DIGITS + "X" if ids.is_valid_citizen_id(body + c)]

    changed = valid[0][:place] + other + valid[0][place + 1 :]

    assert len(valid) == 1
    assert ids.is_valid_citizen_id(changed) is (changed == valid[0])
    assert ids.citizen_birth_date(valid[0]) == birth
    assert ids.citizen_sex(valid[0]) == ("male" if sequence % 2 else "female")


SERIALS = st.text(ALPHANUMERIC, min_size=1, max_size=32)


@given(SERIALS, st.integers(0, 999), st.data())
def test_one_wrong_character_in_any_licence_identifier_is_rejected(
    serial: str, version: int, data: st.DataObject
) -> None:
    text = ids.licence_identifier("11100000MB0A00042U021", "11321100MB0AAM0125", serial, f"{version:03d}")
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(ALPHANUMERIC + "."))

    changed = text[:place] + other + text[place + 1 :]

    assert ids.is_valid_licence_identifier(text)
    assert ids.is_valid_licence_identifier(changed) is (changed == text)


@given(st.integers(10**12, 4 * 10**12 - 1), st.integers(0, 13), st.sampled_from(DIGITS))
def test_one_wrong_digit_in_any_food_permit_is_rejected(number: int, place: int, other: str) -> None:
    digits = str(number) + ids.mod11_10(str(number))

    changed = digits[:place] + other + digits[place + 1 :]

    assert ids.is_valid_food_permit("JY" + digits)
    assert ids.is_valid_food_permit("JY" + changed) is (changed == digits)


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        pytest.param("uscc", "11321100MB0AAM012", "现为17位", id="uscc too short"),
        pytest.param("uscc", "11321100mB0AAM0125", "第9位", id="uscc with a small letter"),
        pytest.param("uscc", "11321100MBOAAM0125", "第11位", id="uscc with the letter O"),
        pytest.param("uscc", "11A21100MB0AAM0125", "行政区划", id="uscc with a letter in the division"),
        pytest.param("uscc", "11321100MB0AAM0126", "校验码", id="uscc with another check character"),
        pytest.param("organ_code", "MB0AAM01-2", "现为10位", id="organ code with hyphen"),
        pytest.param("organ_code", "MB0AAM01_", "第9位", id="organ code with a strange character"),
        pytest.param("organ_code", "MB0AAM013", "校验码", id="organ code with another check character"),
        pytest.param("citizen_id", "329900820315002", "现为15位", id="first-generation number"),
        pytest.param("citizen_id", "32990019820315O024", "第15位", id="letter in the number"),
        pytest.param("citizen_id", "11010519491231002x", "大写字母X", id="small x"),
        pytest.param("citizen_id", "329900198202300024", "出生日期", id="30 February"),
        pytest.param("citizen_id", "329900198203150025", "校验码", id="another check digit"),
        pytest.param("licence_identifier", "1.2.156.3005.3.A.B.C.1.2", "开头", id="another root"),
        pytest.param("licence_identifier", "1.2.156.3005.2.A.B.C", "五段", id="a part missing"),
        pytest.param(
            "licence_identifier",
            "1.2.156.3005.2.11100000MB0A00042U021.11321100MB0AAM0125.1.1.W",
            "版本号",
            id="version too short",
        ),
        pytest.param(
            "licence_identifier",
            "1.2.156.3005.2.11100000MB0A00042U021.11321100MB0AAM0125.321217000123.001.X",
            "校验位",
            id="another check character",
        ),
        pytest.param("food_permit", "JY1321102000123", "14位", id="permit too short"),
        pytest.param("food_permit", "JY1321102000123X", "第16位", id="letter in the permit"),
        pytest.param("food_permit", "JY43211020001232", "主体业态", id="unknown business"),
        pytest.param("food_permit", "JY13211020001231", "校验码", id="permit with another check digit"),
    ],
)
def test_the_refusal_says_what_to_mend(kind: str, text: str, words: str) -> None:
    is_valid, check = PAIRS[kind]

    with pytest.raises(ids.InvalidIdentifierError) as refusal:
        check(text)

    assert not is_valid(text)
    assert words in refusal.value.message
    assert refusal.value.code == "kernel.invalid_identifier"
    assert refusal.value.fields == {"kind": kind}


def test_the_refusal_of_a_citizen_id_does_not_repeat_it() -> None:
    with pytest.raises(ids.InvalidIdentifierError) as refusal:
        ids.check_citizen_id("329900198203150025")

    assert "3299" not in str(refusal.value)


def test_birth_and_sex_of_a_wrong_number_are_refused() -> None:
    with pytest.raises(ids.InvalidIdentifierError):
        ids.citizen_birth_date("329900198203150025")
    with pytest.raises(ids.InvalidIdentifierError):
        ids.citizen_sex("329900198203150025")


def test_a_licence_identifier_is_made_of_its_parts() -> None:
    made = ids.licence_identifier("11100000MB0A00042U021", "11321100MB0AAM0125", "321217000123", "001")

    assert made == VECTORS["licence_identifier"]["made_up"][0]


@pytest.mark.parametrize("serial", ["", "a", "1.2", "0" * 33, "１"])
def test_a_licence_identifier_of_a_wrong_part_is_refused(serial: str) -> None:
    with pytest.raises(ids.InvalidIdentifierError, match="流水号"):
        ids.licence_identifier("11100000MB0A00042U021", "11321100MB0AAM0125", serial, "001")


def test_the_organ_code_stands_inside_the_uscc() -> None:
    assert ids.organ_code_of_uscc("11321100MB0AAM0125") == "MB0AAM012"


@pytest.mark.parametrize("check", [ids.mod37_36, ids.mod11_10])
def test_a_check_character_needs_its_alphabet(check: Callable[[str], str]) -> None:
    with pytest.raises(ValueError, match="substring not found"):
        check("年")
