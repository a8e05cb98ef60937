"""The computer's side of taking pictures with a phone: the QR code, and whether the document came."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from suban.cases.queries.applicants import open_case_for
from suban.cases.queries.scanning import find_scan_link, was_scanned
from suban.cases.services.scanning import LIFETIME, revoke_scan, start_scan
from suban.cases.types import Act
from suban.kernel.clock import now
from suban.web.account.gates import applicant_required
from suban.web.account.requests import ActorRequest
from suban.web.portal.licence_words import qr_svg


@applicant_required
@require_http_methods(["GET", "HEAD", "POST"])
def scan_link(request: ActorRequest, number: str, slot: str) -> HttpResponse:
    """Show the code for one slot; make a new one, or take it back."""
    case = open_case_for(actor=request.actor, number=number, at=now())
    material = case.definition.find_material(slot)
    if material is None or material.generated or not {Act.SUBMIT, Act.SUBMIT_CORRECTION} & case.may:
        raise Http404
    if request.method == "POST":
        return _change(request, number, slot)
    at = now()
    link = find_scan_link(actor=request.actor, number=number, slot=slot, at=at)
    address = request.build_absolute_uri(reverse("portal:scan", args=[link.token])) if link else ""
    context = {
        "case": case,
        "material": material,
        "link": link,
        "address": address,
        "code": qr_svg(address) if link else "",
        "minutes_left": max(1, -int((at - link.expires_at).total_seconds() // 60)) if link else 0,
        "lifetime": int(LIFETIME.total_seconds() // 60),
        "arrived": link is None and was_scanned(actor=request.actor, number=number, slot=slot),
        "back": f"{reverse('portal:materials', args=[number])}#m-{slot}",
    }
    return render(request, "portal/scan_link.html", context)


def _change(request: ActorRequest, number: str, slot: str) -> HttpResponse:
    if request.POST.get("what") == "revoke":
        revoke_scan(actor=request.actor, number=number, slot=slot, at=now())
        messages.success(request, "二维码已作废，手机上拍的照片也删除了。")
        return redirect(f"{reverse('portal:materials', args=[number])}#m-{slot}")
    start_scan(actor=request.actor, number=number, slot=slot, at=now())
    return redirect("portal:scan_link", number, slot)


@applicant_required
@require_safe
def scan_state(request: ActorRequest, number: str, slot: str) -> HttpResponse:
    """Tell our script how far the phone is."""
    at = now()
    link = find_scan_link(actor=request.actor, number=number, slot=slot, at=at)
    if link:
        return JsonResponse({"state": "open", "pages": link.pages})
    done = was_scanned(actor=request.actor, number=number, slot=slot)
    return JsonResponse({"state": "done" if done else "over", "pages": 0})
