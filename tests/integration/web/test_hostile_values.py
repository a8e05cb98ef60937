"""Whatever stands in an address or a form, the site answers in words and never breaks."""

import pytest
from django.test import Client
from tests.integration.api.conftest import Program

VALUES = {
    "slash": "/",
    "path": "a/b",
    "climbing": "../../etc/passwd",
    "dot": ".",
    "dots": "...",
    "nul": "\x00",
    "nul inside": "a\x00b",
    "long": "9" * 5000,
    "unicode": "\U0001f600\u202e办\uffff",
    "digits of another script": "١٢٣",
    "superscript": "²",
    "quotes": "'\"><script>",
    "percent": "%00%2f%",
    "line break": "a\r\nSet-Cookie: x=1",
    "huge number": "9" * 30,
    "negative": "-1",
    "huge key": "2026-11-23~" + "9" * 5000,
    "date": "2026-02-30~1",
}
PARAMETERS = {
    "/": ("region",),
    "/search": ("q",),
    "/matters": ("target", "after"),
    "/matters/{code}": ("version",),
    "/organs/{organ}": ("after",),
    "/verify": ("id",),
    "/region": ("code", "next"),
    "/display": ("mode", "next"),
    "/account/sign-in": ("next",),
}
PATHS = ("/matters/{}", "/matters/{}/versions", "/organs/{}", "/verify/{}", "/api/v1/public/licences/{}")
PERSONAL = {
    "/me/inbox": ("after",),
    "/me/cases": ("show", "after"),
    "/account/reads": ("before",),
    "/account/switch": ("next",),
}
WORK = {"/workbench/": ("view", "after", "matter", "task", "text")}


@pytest.fixture
def calm(visitor: Client) -> Client:
    visitor.raise_request_exception = False
    return visitor


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_no_value_breaks_an_open_page(calm, code: str, value: str) -> None:
    broken = []
    for address, names in PARAMETERS.items():
        for name in names:
            page = address.format(code=code, organ=code[:18])
            if calm.get(page, {name: value}).status_code >= 500:
                broken.append((page, name))

    assert not broken


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_no_value_breaks_an_address(calm, value: str) -> None:
    from urllib.parse import quote  # noqa: PLC0415 - used here alone

    broken = [path for path in PATHS if calm.get(path.format(quote(value, safe=""))).status_code >= 500]

    assert not broken


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_no_value_breaks_a_page_of_ones_own(applicant, sign_in, value: str) -> None:
    officer = sign_in("shouli")
    broken = []
    for client, pages in ((applicant, PERSONAL), (officer, WORK)):
        client.raise_request_exception = False
        for page, names in pages.items():
            broken += [(page, name) for name in names if client.get(page, {name: value}).status_code >= 500]

    assert not broken


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_message_leads_to_a_case_or_back_to_the_inbox(applicant, value: str) -> None:
    answer = applicant.post("/me/inbox/00000000", {"case": value})

    assert answer.status_code in {302, 404}


@pytest.mark.parametrize("value", ["/", "a/b", "...", "证照"])
def test_what_cannot_be_a_licence_is_said_at_once(visitor, value: str) -> None:
    answer = visitor.get("/verify", {"id": value})

    assert answer.status_code == 422
    assert "不是证照标识" in answer.content.decode()


def test_an_identifier_with_spaces_is_understood(visitor) -> None:
    assert visitor.get("/verify", {"id": " 1.2.156 .3005 "}).headers["Location"] == "/verify/1.2.156.3005"


def test_fifteen_addresses_cannot_try_the_codes_of_one_number(visitor) -> None:
    number = "JS3211-2026-0000008-7"
    by_page = [
        visitor.post(
            "/track", {"number": number, "query_code": f"{code:06d}"}, REMOTE_ADDR=f"10.1.{code}.1"
        ).status_code
        for code in range(15)
    ]
    other = "JS3211-2026-0000007-6"
    by_program = [
        Program("")
        .post("/progress", {"number": other, "query_code": f"{code:06d}"}, remote_addr=f"10.2.{code}.1")
        .status_code
        for code in range(15)
    ]

    assert by_page == [422] * 10 + [429] * 5
    assert by_program == [404] * 10 + [429] * 5


def test_page_and_program_share_one_count(visitor) -> None:
    given = {"number": "JS3211-2026-0000006-5", "query_code": "000000"}
    for _ in range(10):
        visitor.post("/track", given)

    assert Program("").post("/progress", given).status_code == 429


def test_reading_strange_files_is_slowed_down(visitor, picture) -> None:
    answers = [visitor.post("/verify", {"file": picture("x.pdf")}).status_code for _ in range(11)]

    assert answers[0] == 200
    assert answers[-1] == 429
