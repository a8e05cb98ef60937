"""Checking a licence with the signers that wiring plugged in; the rules need nothing of this site."""

from collections.abc import Sequence
from datetime import datetime

from suban.licences import ports
from suban.licences.rules import verification
from suban.licences.rules.verification import Checks
from suban.licences.types import PageSignature, StatusList, TrustList, VerificationResult


def verify_licence_file(
    content: bytes,
    trust: TrustList,
    *,
    statuses: StatusList | None = None,
    at: datetime,
) -> VerificationResult:
    """Return what a licence file is worth: seal on the page, signed code inside, status by the list."""
    return verification.verify_file(content, trust, checks=_checks(), statuses=statuses, at=at)


def verify_licence_code(
    url: str,
    trust: TrustList,
    *,
    statuses: StatusList | None = None,
    at: datetime,
) -> VerificationResult:
    """Return what a scanned QR code is worth; it proves the facts, not a page that shows them."""
    return verification.verify_code(url, trust, checks=_checks(), statuses=statuses, at=at)


def open_status_list(document: bytes, trust: TrustList) -> StatusList:
    """Return the status list in a signed file.

    :raises UnreadableTrustError: it is no list, or not signed by a node that `trust` names.
    """
    return verification.open_status_list(document, trust, checks=_checks())


def _checks() -> Checks:
    page_signer = ports.page_signer.get()

    def examine(page: bytes, roots: Sequence[str]) -> PageSignature:
        return page_signer.examine(page, roots=roots)

    return Checks(
        examine=examine,
        attachment=page_signer.attachment,
        verify=ports.code_signer.get().verify,
    )
