"""The phone's side: pictures for the one slot that the code opens, and nothing else of anybody."""

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suban.cases.errors import ScanOverError
from suban.cases.queries.scanning import draw_scan_page, merge_scan, read_scan
from suban.cases.services.scanning import add_scan_page, change_scan_page, cut_scan_page, finish_scan
from suban.cases.types.scan import ScanPageView, ScanView
from suban.foundation.types import JPEG, PDF
from suban.kernel.clock import now
from suban.kernel.errors import DomainError
from suban.web.account.gates import link_page
from suban.web.ui.refusals import refusal_status, wants_json

EDGES: Final = (("top", "上边"), ("bottom", "下边"), ("left", "左边"), ("right", "右边"))
_MOST_PERCENT: Final = 45


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was taken so far, and take more in."""
    if request.method == "POST":
        return _take(request, token)
    view = read_scan(token, at=now())
    return render(request, "portal/scan.html", _context(token, view))


def _take(request: HttpRequest, token: str) -> HttpResponse:
    files = request.FILES.getlist("file")
    if not files:
        return _answer(request, token, "请先拍照或选择照片。")
    for file in files:
        try:
            add_scan_page(token=token, content=file.read(), at=now())
        except ScanOverError:
            raise
        except DomainError as refusal:
            return _answer(request, token, refusal.message, refusal_status(refusal))
    return _answer(request, token)


def _answer(request: HttpRequest, token: str, refusal: str = "", status: int = 400) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"detail": refusal}, status=status) if refusal else JsonResponse({}, status=201)
    if refusal:
        messages.error(request, refusal)
    return redirect("portal:scan", token)


def _context(token: str, view: ScanView) -> dict[str, Any]:
    at = now()
    return {
        "token": token,
        "scan": view,
        "limit": settings.SUBAN.max_upload_bytes,
        "minutes_left": max(1, -int((at - view.expires_at).total_seconds() // 60)),
        "may_add": len(view.pages) < view.most,
    }


@link_page
@require_POST
def change_page(request: HttpRequest, token: str, page: str) -> HttpResponse:
    """Turn, move or remove a page."""
    change_scan_page(token=token, page=page, change=request.POST.get("change", ""), at=now())
    return redirect(f"{reverse('portal:scan', args=[token])}#p-{page}")


@link_page
@require_safe
def page_picture(request: HttpRequest, token: str, page: str) -> HttpResponse:
    """Show a page; `?whole` shows it before its edges are cut."""
    picture = draw_scan_page(token, page, whole="whole" in request.GET, at=now())
    return _bytes(picture, JPEG)


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def cut_page(request: HttpRequest, token: str, page: str) -> HttpResponse:
    """Cut the edges off: by numbers, or with the finger where scripts run."""
    view = read_scan(token, at=now())
    shown = next((one for one in view.pages if one.key == page), None)
    if shown is None:
        raise ScanOverError
    errors: list[str] = []
    if request.method == "POST":
        edges, errors = _read_edges(request)
        if not errors:
            cut_scan_page(token=token, page=page, edges=edges, at=now())
            return redirect(f"{reverse('portal:scan', args=[token])}#p-{page}")
    context = _context(token, view) | {
        "page": shown,
        "position": view.pages.index(shown) + 1,
        "errors": errors,
        "edges": _edge_fields(request, shown),
    }
    return render(request, "portal/scan_cut.html", context, status=422 if errors else 200)


def _edge_fields(request: HttpRequest, page: ScanPageView) -> list[tuple[str, str, str]]:
    return [(name, words, request.POST.get(name, f"{getattr(page, name) / 10:g}")) for name, words in EDGES]


def _read_edges(request: HttpRequest) -> tuple[dict[str, int], list[str]]:
    edges: dict[str, int] = {}
    for name, words in EDGES:
        try:
            percent = float(request.POST.get(name, "") or 0)
        except ValueError:
            percent = -1.0
        if not 0 <= percent <= _MOST_PERCENT:
            return {}, [f"{words}请填 0 到 {_MOST_PERCENT} 之间的数。"]
        edges[name] = round(percent * 10)
    return edges, []


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def check_scan(request: HttpRequest, token: str) -> HttpResponse:
    """Show the document as it will be handed over, and hand it over."""
    if request.method == "POST":
        try:
            finish_scan(token=token, limit=settings.SUBAN.max_upload_bytes, at=now())
        except ScanOverError:
            raise
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return redirect("portal:scan", token)
        return render(request, "portal/scan_done.html")
    view = read_scan(token, at=now())
    if not view.pages:
        return _answer(request, token, "请先拍照或选择照片。")
    return render(request, "portal/scan_check.html", _context(token, view))


@link_page
@require_safe
def scan_document(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 - the gate's shape
    """Show the merged document."""
    return _bytes(merge_scan(token, at=now()), PDF)


def _bytes(content: bytes, media_type: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"X-Content-Type-Options": "nosniff", "Content-Disposition": "inline"},
    )
