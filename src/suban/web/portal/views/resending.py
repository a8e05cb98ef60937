"""A parcel came back: the applicant corrects where the papers shall go, before they set out again."""

from types import MappingProxyType
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from suban.cases.queries.applicants import open_case_for
from suban.cases.services.results import set_delivery_address
from suban.delivery.queries import list_parcels_of
from suban.delivery.rules.orders import find_defects
from suban.delivery.types import ParcelAddress
from suban.kernel.clock import now
from suban.web.account.gates import applicant_required
from suban.web.account.requests import ActorRequest
from suban.web.portal.applying.delivery import address_specs, delivery_answers
from suban.web.portal.applying.parcels import awaits_resending
from suban.web.ui.form_kit import field_view, read_answers

_FIELDS: Final = MappingProxyType(
    {"name": "recipient", "phone": "recipient_phone", "address": "recipient_address"}
)


@applicant_required
@require_http_methods(["GET", "HEAD", "POST"])
def resending(request: ActorRequest, number: str) -> HttpResponse:
    """Ask where the papers go now; the office sends them again to what is kept here."""
    at = now()
    case = open_case_for(actor=request.actor, number=number, at=at)
    if not awaits_resending(list_parcels_of(f"case:{case.number}")):
        raise Http404
    answers = delivery_answers(case, actor=request.actor, at=at)
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        answers = read_answers(address_specs(), request.POST)
        address = ParcelAddress(
            name=str(answers["recipient"] or ""),
            phone=str(answers["recipient_phone"] or ""),
            address=str(answers["recipient_address"] or ""),
        )
        errors = _problems(address)
        if not errors:
            set_delivery_address(actor=request.actor, number=case.number, address=address, at=at)
            messages.success(request, "收件地址已保存，我们会按这个地址重新寄送。")
            return redirect("portal:case", case.number)
    views = [field_view(spec, answers, errors) for spec in address_specs()]
    context = {"case": case, "views": views}
    return render(request, "portal/resending.html", context, status=422 if errors else 200)


def _problems(address: ParcelAddress) -> dict[str, list[str]]:
    found = find_defects(recipient=address, contents="-")
    return {_FIELDS[field]: [words] for field, words in found.items()}
