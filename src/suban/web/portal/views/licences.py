"""My licences, the public page behind a QR code, and checking a file."""

import re
from typing import Final

from allauth.core.ratelimit import consume
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from suban.kernel.clock import now
from suban.licences.errors import UnknownLicenceError
from suban.licences.queries import (
    get_licence_for,
    get_public_licence,
    get_trust,
    list_licences_of,
    verify_licence_file,
)
from suban.licences.types import PublicLicence, Verdict, VerificationResult
from suban.web.account.gates import applicant_required, public_page
from suban.web.account.requests import ActorRequest
from suban.web.portal.licence_words import known_verdict, licence_status, qr_svg, verdict_view
from suban.web.portal.views.files import serve_file
from suban.web.ui.errors import error_page

LARGEST_LICENCE: Final = 5 * 1024 * 1024
_IDENTIFIER: Final = re.compile(r"(?=.*[0-9A-Za-z])[0-9A-Za-z.\-]{1,100}")


@applicant_required
@require_safe
def licence_list(request: ActorRequest) -> HttpResponse:
    """Show the party's licences."""
    lines = list_licences_of(request.actor.party, at=now())
    cards = [{"line": line, "status": licence_status(line.status)} for line in lines]
    return render(request, "portal/licences.html", {"cards": cards})


@applicant_required
@require_safe
def licence(request: ActorRequest, identifier: str) -> HttpResponse:
    """Show a licence as it looks, with its code for checking."""
    view = get_licence_for(request.actor, identifier, at=now())
    context = {
        "licence": view,
        "status": licence_status(view.status),
        "qr": qr_svg(view.verify_url),
        "shows_number": view.number in view.face.values(),
        "shows_expiry": any("有效" in label for label in view.face),
    }
    return render(request, "portal/licence.html", context)


@applicant_required
@require_safe
def licence_file(request: ActorRequest, identifier: str) -> StreamingHttpResponse:
    """Download the signed PDF."""
    view = get_licence_for(request.actor, identifier, at=now(), purpose="下载证照")
    return serve_file(view.file_id, inline=False)


@public_page
@require_safe
def verify_licence(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show what anybody may know of a licence: no identity number, no photo."""
    try:
        found = get_public_licence(identifier, at=now())
    except UnknownLicenceError:
        return render(request, "portal/verify_unknown.html", {"identifier": identifier[:80]}, status=404)
    context = {"licence": found, "status": licence_status(found.status)}
    return render(request, "portal/verify_licence.html", context)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Check a licence: by its identifier, or by its file."""
    if request.GET.get("id", "").strip():
        return _look_for(request)
    if request.method != "POST":
        return render(request, "portal/verify.html")
    if not consume(request, action="verify"):  # reading a PDF costs, and anybody may ask
        return error_page(request, 429)
    file = request.FILES.get("file")
    if file is None or file.size is None:
        return _ask_again(request, "请先选择要查验的 PDF 文件。")
    if file.size > min(LARGEST_LICENCE, settings.SUBAN.max_upload_bytes):
        return _ask_again(request, "文件太大，不像是电子证照。电子证照通常不到 1 MB。")
    result = verify_licence_file(file.read(), get_trust(), at=now())
    known = _known_now(result)
    verdict = known_verdict(result.verdict, known)
    context = {
        "result": result,
        "file_name": file.name,
        "verdict": verdict_view(verdict),
        "known": known,
        "good": verdict in {Verdict.VALID, Verdict.NOT_IN_FORCE},
    }
    return render(request, "portal/verify_result.html", context)


def _look_for(request: HttpRequest) -> HttpResponse:
    identifier = "".join(request.GET["id"].split())
    if not _IDENTIFIER.fullmatch(identifier):
        return _ask_again(
            request, "这不是证照标识。证照标识印在证照上，由字母、数字和点组成，请核对后重新输入。"
        )
    return redirect(reverse("portal:verify_licence", args=[identifier]))


def _known_now(result: VerificationResult) -> PublicLicence | None:
    # A file proves itself offline; here we also know how its licence stands at this moment.
    if result.claim is None or result.verdict is Verdict.FORGED:
        return None
    try:
        return get_public_licence(result.claim.identifier, at=now())
    except UnknownLicenceError:
        return None


def _ask_again(request: HttpRequest, words: str) -> HttpResponse:
    return render(request, "portal/verify.html", {"errors": [words]}, status=422)
