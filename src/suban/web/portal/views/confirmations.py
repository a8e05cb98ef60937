"""What a company is asked to confirm, in its own account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from suban.cases.errors import ReasonsMissingError
from suban.cases.queries.applicants import get_confirmation, list_confirmations
from suban.cases.services.confirmations import confirm_material, decline_confirmation
from suban.kernel.clock import now
from suban.web.account.gates import applicant_required
from suban.web.account.requests import ActorRequest
from suban.web.portal.applying.confirmations import confirmation_status
from suban.web.ui.form_kit import FieldSpec, field_view

REASON = FieldSpec(
    name="reason", label="不予确认的原因", type="textarea", help="申请人会看到。", required=False
)


@applicant_required
@require_safe
def confirmation_list(request: ActorRequest) -> HttpResponse:
    """Show what the company was asked to confirm."""
    found = list_confirmations(actor=request.actor, open_only=False)
    context = {
        "items": [{"view": view, "status": confirmation_status(view.state)} for view in found],
        "acting": bool(request.actor.on_behalf_of),
    }
    return render(request, "portal/confirmations.html", context)


@applicant_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: ActorRequest, key: str) -> HttpResponse:
    """Show one request; confirm it, or decline with a reason."""
    view = get_confirmation(actor=request.actor, key=key)
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            words = _answer(request, key)
        except ReasonsMissingError as refusal:
            errors = {"reason": [refusal.message]}
        else:
            messages.success(request, words)
            return redirect("portal:confirmations")
    context = {
        "view": view,
        "status": confirmation_status(view.state),
        "reason": field_view(REASON, request.POST.dict(), errors),
        "is_open": view.state == "asked",
    }
    return render(request, "portal/confirmation.html", context, status=422 if errors else 200)


def _answer(request: ActorRequest, key: str) -> str:
    if request.POST.get("answer") == "confirm":
        confirm_material(actor=request.actor, key=key, at=now())
        return "已确认，申请人会收到通知。"
    decline_confirmation(actor=request.actor, key=key, reason=request.POST.get("reason", ""), at=now())
    return "已告诉申请人没有确认。"
