"""From a refused or overdue case to an application for reconsideration: read, complete, make, download."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from suban.cases.queries.applicants import open_case_for
from suban.cases.queries.remedies import preview_reconsideration
from suban.cases.services.reconsideration import apply_for_reconsideration
from suban.cases.types import RemedyView
from suban.kernel.clock import civil_day, now
from suban.kernel.errors import DomainError
from suban.web.account.gates import applicant_required
from suban.web.account.requests import ActorRequest
from suban.web.portal.applying.progress import deadline_view
from suban.web.ui.form_kit import FieldSpec, field_view, read_answers

ROWS: Final = (("maxlength", "4000"),)


@applicant_required
@require_http_methods(["GET", "HEAD", "POST"])
def reconsideration(request: ActorRequest, number: str) -> HttpResponse:
    """Say where and until when, ask for wish and reasons, show the application, make it."""
    case = open_case_for(actor=request.actor, number=number, at=now())
    remedy = case.remedy
    if remedy is None:
        messages.info(request, "这个办件没有不利的决定，也没有超过法定期限，现在不能申请行政复议。")
        return redirect("portal:case", number)
    specs = _specs()
    typed = (
        {name: str(value)[:4000] for name, value in read_answers(specs, request.POST).items()}
        if request.method == "POST"
        else {"wish": remedy.wish, "reasons": ""}
    )
    stage = request.POST.get("stage", "")
    errors = _missing(typed) if stage in {"preview", "send"} else {}
    refusal = ""
    if stage == "send" and not errors:
        try:
            key = apply_for_reconsideration(
                actor=request.actor, number=number, wish=typed["wish"], reasons=typed["reasons"], at=now()
            )
        except DomainError as refused:
            refusal = refused.message
        else:
            messages.success(request, "申请书已经生成，下面写着接下来怎么交。")
            return redirect("portal:reconsideration_made", number, key)
    letter = (
        preview_reconsideration(actor=request.actor, number=number, at=now(), **typed)
        if stage == "preview" and not errors
        else None
    )
    context = {
        "case": case,
        "remedy": remedy,
        "deadline": _deadline(remedy),
        "views": [field_view(spec, typed, errors) for spec in specs],
        "typed": typed,
        "letter": letter,
        "refusal": refusal,
    }
    return render(request, "portal/reconsideration.html", context, status=422 if errors or refusal else 200)


@applicant_required
@require_http_methods(["GET", "HEAD"])
def reconsideration_made(request: ActorRequest, number: str, key: str) -> HttpResponse:
    """Say how the application is handed in."""
    case = open_case_for(actor=request.actor, number=number, at=now())
    letter = next((one for one in case.letters if one.key == key), None)
    if letter is None or case.remedy is None:
        return redirect("portal:case", number)
    context = {"case": case, "letter": letter, "remedy": case.remedy, "deadline": _deadline(case.remedy)}
    return render(request, "portal/reconsideration_made.html", context)


def _specs() -> list[FieldSpec]:
    return [
        FieldSpec(
            name="wish",
            label="复议请求",
            type="textarea",
            help="您希望复议机关怎么处理。已经按通常的写法填好，可以改。",
            attributes=(("rows", "3"), *ROWS),
        ),
        FieldSpec(
            name="reasons",
            label="事实和理由",
            type="textarea",
            help="写您认为决定错在哪里、有什么根据。不用写办理经过和期限，系统已经附上。",
            attributes=(("rows", "8"), *ROWS),
        ),
    ]


def _missing(typed: dict[str, str]) -> dict[str, list[str]]:
    words = {"wish": "请写明复议请求。", "reasons": "请写明事实和理由。"}
    return {name: [message] for name, message in words.items() if not typed[name]}


def _deadline(remedy: RemedyView) -> object:
    deadline = remedy.complaint.deadline
    return deadline_view(deadline, today=civil_day(now())) if deadline else None
