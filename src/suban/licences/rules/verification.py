"""Checking a licence file from the file alone: no server, no database, only lists kept at hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from suban.licences.errors import UnreadableTrustError
from suban.licences.rules.codes import (
    decode_code,
    open_document,
    read_attachment,
    read_status_list,
    signed_bytes,
    split_verify_url,
)
from suban.licences.rules.verdicts import judge, page_faults
from suban.licences.types import (
    ATTACHMENT,
    NODE,
    Claim,
    PageSignature,
    StatusList,
    TrustList,
    VerificationResult,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """The three checks of cryptography that a verdict stands on."""

    examine: Callable[[bytes, Sequence[str]], PageSignature]
    attachment: Callable[[bytes, str], bytes]
    verify: Callable[[bytes, bytes, bytes], bool]


def verify_file(
    content: bytes,
    trust: TrustList,
    *,
    checks: Checks,
    statuses: StatusList | None,
    at: datetime,
) -> VerificationResult:
    """Return what a licence file is worth: seal on the page, signed code inside, status by the list."""
    page = checks.examine(content, trust.roots)
    faults = page_faults(page)
    claim = None
    if page.present:
        claim, more = _check_attachment(checks.attachment(content, ATTACHMENT), page, trust, checks)
        faults += more
    return judge(page=page, claim=claim, faults=faults, statuses=statuses, at=at)


def verify_code(
    url: str,
    trust: TrustList,
    *,
    checks: Checks,
    statuses: StatusList | None,
    at: datetime,
) -> VerificationResult:
    """Return what a scanned QR code is worth; it proves the facts, not a page that shows them."""
    page = PageSignature(present=False)
    try:
        identifier, code = split_verify_url(url)
    except ValueError:
        return judge(page=page, claim=None, faults=("不是证照二维码。",), statuses=statuses, at=at)
    claim, faults = _check_code(identifier, code, trust, checks)
    return judge(page=page, claim=claim, faults=faults, statuses=statuses, at=at)


def open_status_list(document: bytes, trust: TrustList, *, checks: Checks) -> StatusList:
    """Return the status list in a signed file.

    :raises UnreadableTrustError: it is no list, or not signed by a node that `trust` names.
    """
    content, signature, key_id = open_document(document)
    key = trust.keys.get(key_id)
    if key is None or key.organ != NODE or not checks.verify(content, signature, key.public):
        raise UnreadableTrustError("状态名单的签名不可信，请从原网站重新下载。", key=key_id)
    return read_status_list(content)


def _check_attachment(
    attached: bytes,
    page: PageSignature,
    trust: TrustList,
    checks: Checks,
) -> tuple[Claim | None, tuple[str, ...]]:
    try:
        identifier, code = read_attachment(attached)
    except ValueError:
        return None, ("文件中没有证照签名信息，可能不是电子证照。",)
    claim, faults = _check_code(identifier, code, trust, checks)
    if claim and page.organ != _issuer(claim.identifier):
        faults += ("签章单位与证照标识中的颁发机构不一致。",)
    return claim, faults


def _check_code(
    identifier: str,
    code: str,
    trust: TrustList,
    checks: Checks,
) -> tuple[Claim | None, tuple[str, ...]]:
    try:
        claim, facts, signature = decode_code(identifier, code)
    except ValueError:
        return None, ("证照签名信息不完整或标识有误。",)
    key = trust.keys.get(claim.key_id)
    if key is None:
        return claim, ("国密签名的公钥不在信任名单内。",)
    if not checks.verify(signed_bytes(identifier, facts), signature, key.public):
        return claim, ("国密签名无效，信息被改动。",)
    if key.organ != _issuer(identifier):
        return claim, ("国密签名单位与证照标识中的颁发机构不一致。",)
    return claim, ()


def _issuer(identifier: str) -> str:
    """Return the issuing organ's code in a valid identifier."""
    return identifier.split(".")[6]
