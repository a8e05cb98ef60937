"""Begin at a computer, take the pictures with a phone: the link, its pages, the document they make."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Final

from django.db.models import Max

from suban.cases.errors import MaterialRouteError, MoveNotAllowedError, ScanOverError, ScanPictureError
from suban.cases.models import ScanLink, ScanPage
from suban.cases.queries.scanning import (
    OpenedScan,
    drawn_pages,
    makes_pdf,
    may_scan,
    most_pages,
    open_scan,
    pages_of,
    scan_token,
    shape_of,
)
from suban.cases.rules.scans import merge_pages, show_page, take_picture
from suban.cases.services.drafts import lock_own
from suban.cases.services.materials import attach_material, find_slot
from suban.cases.types import Act, Upload
from suban.foundation.services.files import discard_file, store_file
from suban.foundation.services.transactions import transaction, transaction_required
from suban.foundation.types import JPEG
from suban.identity.types import Actor
from suban.kernel.errors import DomainError
from suban.kernel.references import new_id

LIFETIME: Final = timedelta(minutes=20)
_QUARTERS: Final = {"right": 1, "left": 3}
_STEPS: Final = {"up": -1, "down": 1}


def start_scan(*, actor: Actor, number: str, slot: str, at: datetime) -> str:
    """Make a link for one slot and return its token; the one before it is taken back.

    :raises UnknownSlotError: the matter asks for no such thing.
    :raises MaterialRouteError: this material isn't given by uploading.
    :raises MoveNotAllowedError: the application has been submitted.
    """
    with transaction():
        locked = lock_own(actor, number)
        material = find_slot(locked.definition, slot)
        if not may_scan(locked.row):
            raise MoveNotAllowedError(
                state=locked.state.state, act=Act.PREPARE, message="申请已经提交，现在不能修改。"
            )
        if material.generated or actor.user_id is None:
            raise MaterialRouteError("这份材料不用手机拍。", slot=slot)
        _close(ScanLink.objects.filter(case=locked.row, slot=slot, closed_at__isnull=True), "revoked", at)
        row = ScanLink.objects.create(
            case=locked.row,
            slot=slot,
            key=new_id(),
            case_state=locked.row.state,
            made_by=actor.user_id,
            on_behalf_of=actor.on_behalf_of,
            made_at=at,
            expires_at=at + LIFETIME,
        )
        return scan_token(row.key)


def revoke_scan(*, actor: Actor, number: str, slot: str, at: datetime) -> None:
    """Take the slot's link back; what the phone took so far is erased. Doing it twice is harmless."""
    with transaction():
        locked = lock_own(actor, number)
        _close(ScanLink.objects.filter(case=locked.row, slot=slot, closed_at__isnull=True), "revoked", at)


def add_scan_page(*, token: str, content: bytes, at: datetime) -> str:
    """Take a picture in as the last page and return its key.

    :raises ScanOverError: the token opens nothing any more.
    :raises ScanPictureError: it is no picture, too large, or one too many.
    """
    scan = open_scan(token, at=at)
    most = most_pages(scan.material)
    if scan.row.pages.count() >= most:
        raise _too_many(most)
    picture = take_picture(content)
    stored = store_file(
        content=[picture],
        name="photo.jpg",
        subject=scan.case.row.party,
        allow=frozenset({JPEG}),
        limit=len(picture),
        at=at,
    )
    try:
        return _append(token, stored.id, most, at)
    except (ScanOverError, ScanPictureError):
        discard_file(file_id=stored.id)
        raise


def _append(token: str, file_id: str, most: int, at: datetime) -> str:
    with transaction():
        link = _lock(token, at)
        if link.pages.count() >= most:
            raise _too_many(most)
        last = link.pages.aggregate(last=Max("position"))["last"] or 0
        # The file isn't kept: what becomes of no document is swept away with the link, or a day later.
        return link.pages.create(key=new_id(), position=last + 1, file_id=file_id).key


def _too_many(most: int) -> ScanPictureError:
    words = f"最多拍 {most} 页" if most > 1 else "这份材料只要一张照片"
    return ScanPictureError(f"{words}，请先删掉不要的。", most=most)


def change_scan_page(*, token: str, page: str, change: str, at: datetime) -> None:
    """Turn a page (left, right), move it (up, down) or remove it.

    :raises ScanOverError: the token opens nothing any more, or the page is another link's.
    """
    with transaction():
        link = _lock(token, at)
        row = _page_of(link, page)
        if change in _QUARTERS:
            _keep_shape(row, shape_of(row).turned(_QUARTERS[change]))
        elif change in _STEPS:
            _move(link, row, _STEPS[change])
        elif change == "remove":
            discard_file(file_id=row.file_id)
            row.delete()


def cut_scan_page(*, token: str, page: str, edges: Mapping[str, int], at: datetime) -> None:
    """Cut a page's edges off, in thousandths of the picture as it is shown.

    :raises ScanOverError: the token opens nothing any more, or the page is another link's.
    :raises ScanPictureError: too little would be left.
    """
    with transaction():
        row = _page_of(_lock(token, at), page)
        shape = shape_of(row).cut(
            left=edges["left"], top=edges["top"], right=edges["right"], bottom=edges["bottom"]
        )
        _keep_shape(row, shape)


def finish_scan(*, token: str, limit: int, at: datetime) -> str:
    """Make one document of the pages, put it into the slot, close the link; returns the material's key.

    :raises ScanOverError: the token opens nothing any more; the second of two presses ends here.
    :raises ScanPictureError: there is no page yet.
    :raises DomainError: the slot doesn't take it.
    """
    scan = open_scan(token, at=at)
    pages = scan.row.pages.count()
    if not pages:
        raise ScanPictureError("还没有拍照，请先拍一页。")
    pdf = makes_pdf(scan.material)
    upload = Upload(
        name=_name(scan.material.name, pdf=pdf),
        content=_document(scan.row, pdf=pdf),
        source=f"手机拍照上传，{pages} 页",
    )
    _claim(token, at)
    number = scan.case.row.number
    try:
        key = attach_material(
            actor=scan.actor, number=number, slot=scan.row.slot, upload=upload, limit=limit, at=at
        )
    except DomainError:
        _give_back(scan)
        raise
    with transaction():
        _erase_pages(scan.row)
    return key


def _claim(token: str, at: datetime) -> None:
    # Before the document is stored: of two presses at once only one may bring it.
    with transaction():
        link = _lock(token, at)
        link.closed_at, link.outcome = at, "used"
        link.save(update_fields=["closed_at", "outcome"])


def _give_back(scan: OpenedScan) -> None:
    """Open a claimed link again, unless a newer one took its place: the pictures aren't lost by a refusal."""
    with transaction():
        lock_own(scan.actor, scan.case.row.number)
        same = ScanLink.objects.filter(case=scan.row.case, slot=scan.row.slot, closed_at__isnull=True)
        if not same.exists():
            ScanLink.objects.filter(pk=scan.row.pk).update(closed_at=None, outcome="")


def _document(link: ScanLink, *, pdf: bool) -> Iterable[bytes]:
    if pdf:
        return [merge_pages(drawn_pages(link))]
    return [show_page(content, shape, longest=2000) for content, shape in drawn_pages(link)][:1]


def _name(material: str, *, pdf: bool) -> str:
    safe = "".join(sign for sign in material if sign.isalnum())[:40] or "材料"
    return f"{safe}（手机拍照）.{'pdf' if pdf else 'jpg'}"


def clear_scans(at: datetime) -> None:
    """Close links that ran out and erase what was taken for them; a scheduled job."""
    with transaction():
        _close(ScanLink.objects.filter(closed_at__isnull=True, expires_at__lte=at), "expired", at)


@transaction_required
def _lock(token: str, at: datetime) -> ScanLink:
    opened = open_scan(token, at=at)
    row = (
        ScanLink.objects.select_for_update(no_key=True)
        .filter(pk=opened.row.pk, closed_at__isnull=True)
        .first()
    )
    if row is None:
        raise ScanOverError
    return row


@transaction_required
def _close(links: "Iterable[ScanLink]", outcome: str, at: datetime) -> None:
    for link in links:
        _erase_pages(link)
        link.closed_at, link.outcome = at, outcome
        link.save(update_fields=["closed_at", "outcome"])


@transaction_required
def _erase_pages(link: ScanLink) -> None:
    for page in pages_of(link):
        discard_file(file_id=page.file_id)
    link.pages.all().delete()


def _page_of(link: ScanLink, page: str) -> ScanPage:
    row = link.pages.filter(key=page).first()
    if row is None:
        raise ScanOverError
    return row


def _keep_shape(row: ScanPage, shape: object) -> None:
    for name in ("turns", "left", "top", "right", "bottom"):
        setattr(row, name, getattr(shape, name))
    row.save(update_fields=["turns", "left", "top", "right", "bottom"])


def _move(link: ScanLink, row: ScanPage, step: int) -> None:
    pages = pages_of(link)
    here = next(place for place, page in enumerate(pages) if page.pk == row.pk)
    there = min(max(here + step, 0), len(pages) - 1)
    pages.insert(there, pages.pop(here))
    for position, page in zip(count(1), pages, strict=False):
        if page.position != position:
            ScanPage.objects.filter(pk=page.pk).update(position=position)
