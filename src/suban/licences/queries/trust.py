"""Whom an offline check may believe, and the newest list of statuses."""

from suban.licences.errors import UnknownLicenceError
from suban.licences.models import SealKey, StatusListIssue
from suban.licences.types import NODE, TrustedKey, TrustList


def get_trust() -> TrustList:
    """Return the trust list of this node: retired keys too, because what they signed stays signed."""
    keys = {}
    roots: list[str] = []
    for row in SealKey.objects.order_by("id"):
        keys[row.key_id] = TrustedKey(
            key_id=row.key_id,
            organ=row.organ,
            name=row.name,
            public=bytes(row.code_public),
        )
        root = row.certificate if row.organ == NODE else row.chain
        if root and root not in roots:
            roots.append(root)
    return TrustList(node=NODE, roots=tuple(roots), keys=keys)


def get_status_list() -> bytes:
    """Return the newest published status list, signed.

    :raises UnknownLicenceError: none was published yet.
    """
    row = StatusListIssue.objects.order_by("-number").first()
    if row is None:
        raise UnknownLicenceError("还没有公布证照状态名单，请稍后再试。")
    return row.document.encode()
