"""The fourth step: everything as the officer will read it, then submit; the receipt."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from suban.cases.errors import IncompleteApplicationError, MoveNotAllowedError
from suban.cases.queries.applicants import get_receipt, open_case_for
from suban.cases.services.checks import run_checks
from suban.cases.services.submission import confirm_form, submit_case
from suban.cases.types import Act, ApplicantCase
from suban.catalogue.types import DeliveryChannel
from suban.kernel.clock import civil_day, now
from suban.web.account.gates import applicant_required
from suban.web.account.requests import ActorRequest
from suban.web.portal.applying.delivery import WAYS
from suban.web.portal.applying.progress import deadline_views, noticed_at, status_view
from suban.web.portal.applying.slots import slot_cards
from suban.web.portal.applying.steps import DELIVERY, part_url, problem_url, steps
from suban.web.ui.matter_form import answer_rows
from suban.web.ui.presentation import ErrorItem


@applicant_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: ActorRequest, number: str) -> HttpResponse:
    """Show the whole application; on POST confirm the form and hand it in."""
    case = _open(request, number)
    if request.method != "POST":
        return render(request, "portal/check.html", _context(case, judged=bool(request.GET.get("check"))))
    if request.POST.get("truth") != "yes":
        return _again(request, number, unconfirmed=True)
    at = now()
    try:
        revision = request.POST.get("revision", "")
        if case.definition.checks:
            run_checks(actor=request.actor, number=number, at=at)
        confirm_form(
            actor=request.actor,
            number=number,
            revision=int(revision) if revision.isdecimal() else -1,
            at=at,
        )
        submit_case(actor=request.actor, number=number, at=at)
    except IncompleteApplicationError as incomplete:
        return _again(request, number, incomplete=incomplete)
    except MoveNotAllowedError as stale:
        return _again(request, number, others=(stale.message,))
    return redirect("portal:receipt", number)


def _open(request: ActorRequest, number: str) -> ApplicantCase:
    case = open_case_for(actor=request.actor, number=number, at=now())
    if not {Act.SUBMIT, Act.SUBMIT_CORRECTION} & case.may:
        raise Http404
    return case


def _again(
    request: ActorRequest,
    number: str,
    *,
    unconfirmed: bool = False,
    incomplete: IncompleteApplicationError | None = None,
    others: tuple[str, ...] = (),
) -> HttpResponse:
    case = _open(request, number)
    context = _context(case, judged=incomplete is None)
    if incomplete is not None:
        context["errors"] = _items(case, incomplete.fields.get("problems"))
    mine = [ErrorItem("truth", "请勾选“内容属实”的声明", "truth")] if unconfirmed else []
    context["errors"] = [*context["errors"], *mine, *(ErrorItem("", words) for words in others)]
    return render(request, "portal/check.html", context, status=422)


def _items(case: ApplicantCase, problems: object) -> list[ErrorItem]:
    listed = problems if isinstance(problems, (list, tuple)) else ()
    return [
        ErrorItem("", problem["message"], problem_url(case.number, case.definition, problem))
        for problem in listed
    ]


def _context(case: ApplicantCase, *, judged: bool) -> dict[str, Any]:
    today = civil_day(now())
    generated = {slot.material.slot for slot in case.slots if slot.material.generated}
    # Confirming is what this page is for: it isn't something to mend elsewhere.
    problems = [
        problem
        for problem in case.problems
        if problem["where"] != "form" and not (problem["where"] == "material" and problem["key"] in generated)
    ]
    return {
        "case": case,
        "steps": steps(case.number, case.matter_code, 3),
        "sections": [
            {
                "title": section.title,
                "rows": answer_rows(case.definition, section, case.answers, on=today),
                "url": part_url(case.number, section.key),
            }
            for section in case.definition.form
        ],
        "cards": slot_cards(
            case.slots,
            number=case.number,
            limit=settings.SUBAN.max_upload_bytes,
            problems={},
            noticed_at=noticed_at(case),
        ),
        "delivery_words": WAYS[DeliveryChannel(case.delivery)] if case.delivery else "",
        "delivery_url": part_url(case.number, DELIVERY),
        "problem_count": len(problems),
        "errors": _items(case, problems) if judged else [],
    }


@applicant_required
@require_safe
def receipt(request: ActorRequest, number: str) -> HttpResponse:
    """Show the receipt: number, query code, what happens next with dates."""
    given = get_receipt(actor=request.actor, number=number)
    case = open_case_for(actor=request.actor, number=number, at=now())
    context = {
        "receipt": given,
        "case": case,
        "status": status_view(case.state, case.state_label),
        "deadlines": deadline_views(case.deadlines, today=civil_day(now())),
        "letter": next(
            (letter for letter in case.letters if letter.kind == "receipt" and letter.file_id), None
        ),
    }
    return render(request, "portal/receipt.html", context)
