"""What a QR code opens. The token is a signed key; everything else about it stands in the link's row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.signing import BadSignature, Signer

from suban.cases.errors import ScanOverError
from suban.cases.models import Case, ScanLink, ScanPage
from suban.cases.queries.opening import OpenedCase, open_own, open_row
from suban.cases.rules.scans import MAX_PAGES, Shape, merge_pages, show_page
from suban.cases.types import State
from suban.cases.types.scan import ScanLinkView, ScanPageView, ScanView
from suban.catalogue.types import Material
from suban.foundation.queries.files import file_bytes
from suban.foundation.types import PDF
from suban.identity.errors import NotAMemberError, UnknownAccountError
from suban.identity.queries import get_actor
from suban.identity.types import Actor

_SIGNER: Final = Signer(salt="suban.cases.scan")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedScan:
    """A living link with its case, its slot, and the one in whose name the phone acts."""

    row: ScanLink
    case: OpenedCase
    material: Material
    actor: Actor


def scan_token(key: str) -> str:
    """Return the token for the link's key."""
    return _SIGNER.sign(key)


def open_scan(token: str, *, at: datetime) -> OpenedScan:
    """Return what the token opens, now.

    :raises ScanOverError: it ran out, was taken back or used, the case moved on, or it is no token of ours.
    """
    try:
        key = _SIGNER.unsign(token)
    except BadSignature:
        raise ScanOverError from None
    row = ScanLink.objects.select_related("case__form").filter(key=key, closed_at__isnull=True).first()
    if row is None or row.expires_at <= at or row.case.state != row.case_state:
        raise ScanOverError
    case = open_row(row.case)
    material = case.definition.find_material(row.slot)
    if material is None:
        raise ScanOverError
    return OpenedScan(row=row, case=case, material=material, actor=_maker(row, at))


def _maker(row: ScanLink, at: datetime) -> Actor:
    # Whoever may not act for the company any more has no phone that may.
    try:
        actor = get_actor(row.made_by, row.on_behalf_of, at=at)
    except (NotAMemberError, UnknownAccountError):
        raise ScanOverError from None
    if actor.party != row.case.party:
        raise ScanOverError
    return actor


def find_scan_link(*, actor: Actor, number: str, slot: str, at: datetime) -> ScanLinkView | None:
    """Return the living link of a slot of the actor's own case.

    :raises UnknownCaseError: there is no such case, or it is somebody else's.
    """
    case = open_own(actor, number)
    row = ScanLink.objects.filter(
        case=case.row, slot=slot, closed_at__isnull=True, expires_at__gt=at, case_state=case.row.state
    ).first()
    if row is None:
        return None
    return ScanLinkView(
        slot=slot, token=scan_token(row.key), expires_at=row.expires_at, pages=row.pages.count()
    )


def was_scanned(*, actor: Actor, number: str, slot: str) -> bool:
    """Tell whether the last link of the slot brought its document.

    :raises UnknownCaseError: there is no such case, or it is somebody else's.
    """
    case = open_own(actor, number)
    last = ScanLink.objects.filter(case=case.row, slot=slot).order_by("-id").first()
    return last is not None and last.outcome == "used"


def read_scan(token: str, *, at: datetime) -> ScanView:
    """Return what the phone shows.

    :raises ScanOverError: the token opens nothing any more.
    """
    scan = open_scan(token, at=at)
    return ScanView(
        matter_name=scan.case.definition.plain_name,
        material_name=scan.material.name,
        standard=scan.material.standard,
        expires_at=scan.row.expires_at,
        pages=tuple(_page(row) for row in pages_of(scan.row)),
        most=most_pages(scan.material),
        as_pdf=makes_pdf(scan.material),
    )


def makes_pdf(material: Material) -> bool:
    """Tell whether the slot takes a document; otherwise it takes a single picture."""
    return PDF in material.media_types


def most_pages(material: Material) -> int:
    """Return how many pictures may be taken."""
    return MAX_PAGES if makes_pdf(material) else 1


def pages_of(link: ScanLink) -> list[ScanPage]:
    """Return the pages in their order."""
    return list(link.pages.order_by("position", "id"))


def shape_of(row: ScanPage) -> Shape:
    """Return how a page is shown."""
    return Shape(turns=row.turns, left=row.left, top=row.top, right=row.right, bottom=row.bottom)


def draw_scan_page(token: str, page: str, *, whole: bool = False, at: datetime) -> bytes:
    """Return a page of this very link as JPEG; the `whole` one still has its edges.

    :raises ScanOverError: the token opens nothing any more, or the page is another link's.
    """
    scan = open_scan(token, at=at)
    row = scan.row.pages.filter(key=page).first()
    if row is None:
        raise ScanOverError
    shape = Shape(turns=row.turns) if whole else shape_of(row)
    return show_page(file_bytes(row.file_id), shape)


def merge_scan(token: str, *, at: datetime) -> bytes:
    """Return the document as it would be handed over.

    :raises ScanOverError: the token opens nothing any more.
    """
    return merge_pages(drawn_pages(open_scan(token, at=at).row))


def drawn_pages(link: ScanLink) -> Iterator[tuple[bytes, Shape]]:
    """Return each page's picture with its shape, one after the other."""
    for row in pages_of(link):
        yield file_bytes(row.file_id), shape_of(row)


def may_scan(row: Case) -> bool:
    """Tell whether materials of the case may be given now."""
    return row.state in {State.DRAFT, State.CORRECTION}


def _page(row: ScanPage) -> ScanPageView:
    return ScanPageView(
        key=row.key, turns=row.turns, left=row.left, top=row.top, right=row.right, bottom=row.bottom
    )
