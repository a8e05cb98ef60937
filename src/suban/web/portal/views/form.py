"""The second step: one subject at a time, kept on the server page by page."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from suban.cases.errors import StaleDraftError
from suban.cases.queries.applicants import open_case_for
from suban.cases.services.drafts import choose_delivery, save_answers
from suban.cases.services.materials import collect_held_materials
from suban.cases.services.results import set_delivery_address
from suban.cases.types import Act, ApplicantCase
from suban.catalogue.rules import normalise_answers, validate_answers
from suban.catalogue.types import DeliveryChannel, Section
from suban.delivery.types import ParcelAddress
from suban.kernel.clock import civil_day, now
from suban.web.account.gates import applicant_required
from suban.web.account.requests import ActorRequest
from suban.web.portal.applying.delivery import (
    address_problems,
    delivery_answers,
    delivery_fields,
    delivery_specs,
)
from suban.web.portal.applying.steps import DELIVERY, part_keys, part_url, steps
from suban.web.ui.form_kit import read_answers
from suban.web.ui.matter_form import section_errors, shown_fields, specs_of


@applicant_required
def form(request: ActorRequest, number: str) -> HttpResponse:
    """Lead to the first page of the form."""
    case = _open_editable(request, number)
    return redirect(part_url(number, part_keys(case.definition)[0]))


@applicant_required
@require_http_methods(["GET", "HEAD", "POST"])
def form_part(request: ActorRequest, number: str, key: str) -> HttpResponse:
    """Ask one subject; what was typed is kept first and judged afterwards."""
    case = _open_editable(request, number)
    section = next((section for section in case.definition.form if section.key == key), None)
    if section is None:
        raise Http404
    if request.method != "POST":
        return _show(request, case, section, case.answers, judged=bool(request.GET.get("check")))
    return _save(request, case, section)


def _save(request: ActorRequest, case: ApplicantCase, section: Section) -> HttpResponse:
    at = now()
    typed = read_answers(specs_of(section, case.answers), request.POST)
    answers = {**case.answers, **normalise_answers(case.definition, typed)}
    seen = request.POST.get("revision", "")
    try:
        save_answers(
            actor=request.actor,
            number=case.number,
            answers=typed,
            at=at,
            revision=int(seen) if seen.isdecimal() else None,
        )
    except StaleDraftError as stale:
        return _show(request, case, section, answers, judged=False, warning=stale.message)
    case = open_case_for(actor=request.actor, number=case.number, at=at)
    wrong = _errors(case, section, case.answers, at)
    if wrong and request.POST.get("then") != "later":
        return _show(request, case, section, case.answers, judged=True)
    return redirect(_next_url(case, section.key))


def _show(
    request: ActorRequest,
    case: ApplicantCase,
    section: Section,
    answers: dict[str, Any],
    *,
    judged: bool,
    warning: str = "",
) -> HttpResponse:
    at = now()
    errors = _errors(case, section, answers, at) if judged else {}
    fields = shown_fields(case.definition, section, answers, errors=errors, on=civil_day(at))
    context = _frame(case, section.key) | {
        "section": section,
        "fields": fields,
        "views": [shown.view for shown in fields],
        "has_errors": bool(errors),
        "warning": warning,
    }
    return render(request, "portal/form_part.html", context, status=422 if errors else 200)


def _errors(
    case: ApplicantCase, section: Section, answers: dict[str, Any], at: datetime
) -> dict[str, list[str]]:
    return section_errors(section, validate_answers(case.definition, answers, on=civil_day(at)))


@applicant_required
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: ActorRequest, number: str) -> HttpResponse:
    """Ask how the result shall come, then look for what is held already."""
    case = _open_editable(request, number)
    at = now()
    answers = delivery_answers(case, actor=request.actor, at=at)
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        answers = read_answers(delivery_specs(case.definition), request.POST)
        errors = _keep_delivery(request, case, answers, at)
        if not errors:
            collect_held_materials(actor=request.actor, number=number, at=at)
            return redirect("portal:materials", number)
    fields = delivery_fields(case.definition, answers, errors)
    context = _frame(case, DELIVERY) | {"fields": fields, "views": [shown.view for shown in fields]}
    return render(request, "portal/form_part.html", context, status=422 if errors else 200)


def _keep_delivery(
    request: ActorRequest, case: ApplicantCase, answers: dict[str, object], at: datetime
) -> dict[str, list[str]]:
    way = str(answers["delivery"])
    if way not in case.definition.delivery:
        return {"delivery": ["请选择结果怎么给您。"]}
    if way == DeliveryChannel.POST:
        missing = address_problems(answers)
        if missing:
            return missing
        address = ParcelAddress(
            name=str(answers["recipient"]),
            phone=str(answers["recipient_phone"]),
            address=str(answers["recipient_address"]),
        )
        set_delivery_address(actor=request.actor, number=case.number, address=address, at=at)
    choose_delivery(actor=request.actor, number=case.number, way=DeliveryChannel(way), at=at)
    return {}


def _open_editable(request: ActorRequest, number: str) -> ApplicantCase:
    case = open_case_for(actor=request.actor, number=number, at=now())
    if not {Act.SUBMIT, Act.SUBMIT_CORRECTION} & case.may:
        raise Http404
    return case


def _frame(case: ApplicantCase, key: str) -> dict[str, Any]:
    keys = part_keys(case.definition)
    position = keys.index(key)
    back = part_url(case.number, keys[position - 1]) if position else ""
    return {
        "case": case,
        "steps": steps(case.number, case.matter_code, 1),
        "position": position + 1,
        "parts": len(keys),
        "back": back or reverse("portal:apply", args=[case.matter_code]),
    }


def _next_url(case: ApplicantCase, key: str) -> str:
    keys = part_keys(case.definition)
    return part_url(case.number, keys[keys.index(key) + 1])
