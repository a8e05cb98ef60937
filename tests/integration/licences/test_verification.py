"""A licence file is checked without any server: page, signed code, status list."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from suban.foundation.queries.files import file_bytes
from suban.identity.types import SYSTEM
from suban.licences.errors import UnreadableTrustError
from suban.licences.models import Licence
from suban.licences.queries import (
    get_status_list,
    get_trust,
    open_status_list,
    verify_licence_code,
    verify_licence_file,
)
from suban.licences.rules.codes import dump_trust, load_trust, verify_url
from suban.licences.services import issue_licence, lay_out_trust, publish_status_list, suspend_licence
from suban.licences.types import Status, TrustedKey, TrustList, Verdict

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)
ORGAN = "11321100MB0AAM0125"


@pytest.fixture
def licence(seal, request_for) -> str:
    return issue_licence(request=request_for(), at=NOON)


@pytest.fixture
def page(licence) -> bytes:
    return file_bytes(Licence.objects.get(identifier=licence).file_id)


@pytest.fixture
def statuses(page):
    publish_status_list(at=LATER)
    return open_status_list(get_status_list(), get_trust())


def test_a_good_licence_says_when_signed_and_until_when_its_status_is_known(page, statuses):
    result = verify_licence_file(page, get_trust(), statuses=statuses, at=LATER)

    assert result.verdict is Verdict.VALID
    assert result.summary == "签发于 2026-11-20，状态截至 2026-11-20 14:00 为 有效"
    assert result.claim.holder == "赵*梅"


def test_the_trust_list_survives_the_file(page, statuses, tmp_path):
    lay_out_trust()
    laid = (tmp_path / "trust" / "trust.json").read_bytes()

    assert laid == dump_trust(get_trust())
    assert verify_licence_file(page, load_trust(laid), statuses=statuses, at=LATER).verdict is Verdict.VALID


def test_a_suspended_licence_is_not_in_force(licence, page):
    suspend_licence(licence_id=licence, ground="行政处罚", by=SYSTEM, at=NOON)
    publish_status_list(at=LATER)

    statuses = open_status_list(get_status_list(), get_trust())

    result = verify_licence_file(page, get_trust(), statuses=statuses, at=LATER)
    assert (result.verdict, result.status) == (Verdict.NOT_IN_FORCE, Status.SUSPENDED)
    assert result.summary.endswith("为 暂扣")


def test_past_its_last_day_a_licence_has_lapsed(page, statuses):
    result = verify_licence_file(
        page, get_trust(), statuses=statuses, at=datetime(2031, 11, 22, 16, 0, 1, tzinfo=UTC)
    )

    assert (result.verdict, result.status) == (Verdict.NOT_IN_FORCE, Status.LAPSED)
    assert any("已过期" in reason for reason in result.reasons)


def test_without_a_list_the_status_is_unknown(page):
    assert verify_licence_file(page, get_trust(), at=LATER).verdict is Verdict.UNKNOWN


def test_a_list_older_than_the_licence_proves_nothing(seal, request_for):
    publish_status_list(at=NOON - timedelta(days=1))
    licence = issue_licence(request=request_for(), at=NOON)
    content = file_bytes(Licence.objects.get(identifier=licence).file_id)

    result = verify_licence_file(
        content, get_trust(), statuses=open_status_list(get_status_list(), get_trust()), at=LATER
    )

    assert result.verdict is Verdict.UNKNOWN
    assert any("早于签发" in reason for reason in result.reasons)


@pytest.mark.parametrize("place", [1000, 20_000, 45_000, -500])
def test_any_altered_byte_is_found(page, place):
    altered = bytearray(page)
    altered[place] ^= 0x01

    assert verify_licence_file(bytes(altered), get_trust(), at=LATER).verdict is Verdict.FORGED


def test_what_is_added_after_the_signature_is_found(page):
    result = verify_licence_file(page + b"\n% added\n", get_trust(), at=LATER)

    assert result.verdict is Verdict.FORGED
    assert any("没有覆盖整个文件" in reason for reason in result.reasons)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"MZ an exe", b"\x00" * 5000])
def test_what_is_no_licence_is_called_so(seal, content):
    result = verify_licence_file(content, get_trust(), at=LATER)

    assert result.verdict is Verdict.FORGED
    assert "没有可读的电子签章" in result.summary


def test_a_stranger_who_signs_alike_is_not_believed(page):
    trust = get_trust()
    stranger = TrustList(node="node", roots=(), keys=trust.keys)

    result = verify_licence_file(page, stranger, at=LATER)

    assert result.verdict is Verdict.FORGED
    assert any("信任名单" in reason for reason in result.reasons)


def test_a_key_of_another_organ_signs_nothing_here(page):
    trust = get_trust()
    moved = {
        key_id: TrustedKey(key_id=key_id, organ="11320000MB0A00034N", name=key.name, public=key.public)
        for key_id, key in trust.keys.items()
    }

    result = verify_licence_file(page, TrustList(node="node", roots=trust.roots, keys=moved), at=LATER)

    assert any("颁发机构不一致" in reason for reason in result.reasons)


def test_the_qr_code_alone_is_checked_offline(licence, statuses):
    code = Licence.objects.get(identifier=licence).code
    url = verify_url("https://example.test", licence, code)

    assert verify_licence_code(url, get_trust(), statuses=statuses, at=LATER).verdict is Verdict.VALID


@pytest.mark.parametrize("change", ["code", "identifier", "nothing of ours"])
def test_an_altered_qr_code_is_refused(licence, change):
    code = Licence.objects.get(identifier=licence).code
    other = "1.2.156.3005.2.11100000MB0A00042U021.11321100MB0AAM0125.321217000123.001.W"
    url = {
        "code": verify_url("https://example.test", licence, code[:-4] + "AAAA"),
        "identifier": verify_url("https://example.test", other, code),
        "nothing of ours": "https://example.test/?q=1",
    }[change]

    assert verify_licence_code(url, get_trust(), at=LATER).verdict is Verdict.FORGED


def test_the_qr_code_stays_small_enough_to_print_and_holds_no_full_name(licence):
    code = Licence.objects.get(identifier=licence).code
    url = verify_url("https://zj.jszwfw.gov.example", licence, code)

    assert len(url.encode()) <= 412  # version 15 with error correction M: 0.39 mm a module at 33 mm
    assert "赵晓梅".encode() not in base64.urlsafe_b64decode(code.removeprefix("1.") + "==")


def test_a_status_list_that_was_altered_is_refused(statuses):
    document = json.loads(get_status_list())
    document["content"] = document["content"].replace('"number":1', '"number":2')

    with pytest.raises(UnreadableTrustError):
        open_status_list(json.dumps(document).encode(), get_trust())


def test_an_organ_may_not_sign_the_list_of_the_node(statuses):
    trust = get_trust()
    keys = {
        key_id: TrustedKey(key_id=key_id, organ=ORGAN, name=key.name, public=key.public)
        for key_id, key in trust.keys.items()
    }

    with pytest.raises(UnreadableTrustError):
        open_status_list(get_status_list(), TrustList(node="node", roots=trust.roots, keys=keys))


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format":"suban-trust-1"}', b'"x"', b"\xff"])
def test_an_unreadable_trust_list_is_refused(content):
    with pytest.raises(UnreadableTrustError):
        load_trust(content)
