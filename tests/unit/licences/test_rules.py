"""Decisions about licences: statuses, codes, faces, numbers."""

from datetime import UTC, date, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suban.licences.errors import (
    IdentityNumberOnFaceError,
    StatusNotAllowedError,
    UnfitNumberError,
    UnreadableTrustError,
)
from suban.licences.rules.codes import (
    claim_bytes,
    decode_code,
    encode_code,
    open_document,
    read_attachment,
    read_status_list,
    seal_document,
    split_verify_url,
    status_list_bytes,
    verify_url,
)
from suban.licences.rules.faces import (
    chinese_date,
    face_data,
    mask_name,
    public_name,
    refuse_identity_numbers,
)
from suban.licences.rules.numbers import identifier_serial, make_identifier, next_version
from suban.licences.rules.statuses import CHANGES, MOVES, Act, next_status, status_on
from suban.licences.types import Claim, LicenceRequest, Status, StatusList

IDENTIFIER = "1.2.156.3005.2.11100000MB0A00042U021.11321100MB0AAM0125.321217000123.001.W"
ALLOWED = {(status, act) for status, acts in MOVES.items() for act in acts}


@pytest.mark.parametrize(("status", "act"), sorted(ALLOWED))
def test_every_move_leads_where_its_article_says(status, act):
    assert next_status(status, act) is CHANGES[act].to


@pytest.mark.parametrize(("status", "act"), sorted(set(product(Status, Act)) - ALLOWED))
def test_every_move_not_in_the_law_is_refused(status, act):
    with pytest.raises(StatusNotAllowedError):
        next_status(status, act)


def test_every_status_has_its_chinese_term():
    assert all(status.label for status in Status)


@pytest.mark.parametrize(
    ("status", "day", "expected"),
    [
        (Status.VALID, date(2026, 12, 31), Status.VALID),
        (Status.VALID, date(2027, 1, 1), Status.LAPSED),
        (Status.SUSPENDED, date(2027, 1, 1), Status.LAPSED),
        (Status.REVOKED, date(2027, 1, 1), Status.REVOKED),
    ],
)
def test_a_licence_lapses_by_itself_after_its_last_day(status, day, expected):
    assert status_on(status, date(2026, 12, 31), day) is expected


def test_a_licence_without_end_never_lapses():
    assert status_on(Status.VALID, None, date(2999, 1, 1)) is Status.VALID


@given(
    names=st.tuples(st.text(max_size=20), st.text(max_size=20), st.text(max_size=40)),
    expires=st.none() | st.dates(),
    signature=st.binary(min_size=64, max_size=64),
)
def test_a_code_gives_back_what_was_signed(names, expires, signature):
    claim = Claim(
        identifier=IDENTIFIER,
        type_name=names[0],
        holder=names[1],
        issuer_name=names[2],
        issued_on=date(2017, 10, 17),
        expires_on=expires,
        signed_on=date(2017, 10, 17),
        key_id="0123456789",
    )

    found, facts, mark = decode_code(IDENTIFIER, encode_code(claim_bytes(claim), signature))

    assert (found, facts, mark) == (claim, claim_bytes(claim), signature)


@pytest.mark.parametrize("code", ["", "1.", "2.AAAA", "1.!!!!", "1." + "A" * 200, "1.é"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError):  # noqa: PT011 - decoders word it differently
        decode_code(IDENTIFIER, code)


def test_a_code_under_a_wrong_identifier_is_refused():
    with pytest.raises(ValueError, match="not a licence code"):
        decode_code(IDENTIFIER[:-1] + "X", "1.AAAA")


def test_an_address_gives_back_identifier_and_code():
    url = verify_url("https://example.test/", IDENTIFIER, "1.abc")

    assert url == f"https://example.test/verify/{IDENTIFIER}#1.abc"
    assert split_verify_url(url) == (IDENTIFIER, "1.abc")
    with pytest.raises(ValueError, match="verify address"):
        split_verify_url("https://example.test/verify/x#1.abc")


@pytest.mark.parametrize("content", [b"{}", b"[]", b"x", b'{"format": "other"}'])
def test_another_attachment_is_refused(content):
    with pytest.raises(ValueError):  # noqa: PT011 - json words it differently
        read_attachment(content)


def test_a_status_list_survives_signing_and_opening():
    statuses = StatusList(
        node="node",
        number=7,
        as_of=datetime(2026, 11, 20, tzinfo=UTC),
        next_update=datetime(2026, 11, 22, tzinfo=UTC),
        exceptions={IDENTIFIER: Status.SUSPENDED},
    )

    content, signature, key_id = open_document(
        seal_document(status_list_bytes(statuses), signature=b"s" * 64, key_id="k")
    )

    assert (read_status_list(content), signature, key_id) == (statuses, b"s" * 64, "k")


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"[1]",
        b"{}",
        b'{"content": 1, "signature": {"algorithm": "SM2-SM3", "key": "k", "value": ""}}',
        b'{"content": "x", "signature": {"algorithm": "RSA", "key": "k", "value": ""}}',
    ],
)
def test_an_unsigned_document_is_refused(document):
    with pytest.raises(UnreadableTrustError):
        open_document(document)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"format": "x"}', b'{"format": "suban-status-list-1"}'])
def test_an_unreadable_status_list_is_refused(content):
    with pytest.raises(UnreadableTrustError):
        read_status_list(content)


@pytest.mark.parametrize(
    ("name", "masked"),
    [("", ""), ("赵", "赵"), ("赵梅", "赵*"), ("赵晓梅", "赵*梅"), ("欧阳晓梅", "欧**梅")],
)
def test_names_are_masked(name, masked):
    assert mask_name(name) == masked


def test_companies_are_named_in_full():
    assert public_name("company:91321102MA1ABMR0X6", "康宁大药房") == "康宁大药房"


@pytest.mark.parametrize(
    "value",
    ["329900198203150024", "329900 1982 0315 0024", "号码：329900-198203150024。", "11010519491231002x"],
)
def test_an_identity_number_in_any_writing_is_refused(value):
    with pytest.raises(IdentityNumberOnFaceError):
        refuse_identity_numbers({"备注": value})


@pytest.mark.parametrize("value", ["329900198203150025", "321217000123", "91321102MA1ABMR0X6", ""])
def test_other_numbers_may_stand_on_a_face(value):
    refuse_identity_numbers({"编号": value})


def test_a_face_repeats_nothing_and_writes_dates_in_chinese():
    request = LicenceRequest(
        case="case:1",
        holder="person:1",
        holder_name="赵*",
        type_code="t",
        type_name="证",
        issuer="i",
        issuer_name="某局",
        serial="123",
        face={
            "姓名": "赵晓梅",
            "编号": "123",
            "发证日期": "2026-11-20",
            "注册机构": "某局",
            "类别": "药学",
            "空": "",
        },
        issued_on=date(2026, 11, 20),
        expires_on=date(2031, 11, 19),
    )

    face = face_data(request, number="123", identifier=IDENTIFIER)

    assert face["holder"] == "赵晓梅"
    assert face["fields"] == [["类别", "药学"], ["有效期至", "2031年11月19日"]]
    assert chinese_date(None) == "长期"


@pytest.mark.parametrize(("number", "serial"), [("3212-17(000123)", "321217000123"), ("苏证ab12", "AB12")])
def test_a_serial_keeps_letters_and_digits(number, serial):
    assert identifier_serial(number) == serial


@pytest.mark.parametrize("number", ["", "证", "1" * 33])
def test_a_number_without_a_serial_is_refused(number):
    with pytest.raises(UnfitNumberError):
        identifier_serial(number)


def test_versions_count_up_and_end():
    assert next_version("001") == "002"
    with pytest.raises(UnfitNumberError):
        next_version("999")


def test_the_published_demo_identifier_is_made_from_its_parts():
    made = make_identifier(
        type_code="11100000MB0A00042U021", issuer="11321100MB0AAM0125", serial="321217000123", version="001"
    )

    assert made == IDENTIFIER
