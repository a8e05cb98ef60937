"""Slips of the form mended on the spot: only what the officer showed, and no clock stops."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from suban.cases.errors import IncompleteApplicationError
from suban.cases.queries.applicants import open_case_for
from suban.cases.services.mending import correct_on_spot
from suban.kernel.clock import now
from suban.web.account.gates import applicant_required
from suban.web.account.requests import ActorRequest
from suban.web.ui.form_kit import field_view, read_answers
from suban.web.ui.matter_form import field_spec


def errors_by_field(refusal: IncompleteApplicationError) -> dict[str, list[str]]:
    """Return what a refusal says of each field."""
    problems = refusal.fields["problems"]
    found: dict[str, list[str]] = {}
    for problem in problems if isinstance(problems, list) else ():
        found.setdefault(problem["key"], []).append(problem["message"])
    return found


@applicant_required
@require_http_methods(["GET", "HEAD", "POST"])
def mending(request: ActorRequest, number: str) -> HttpResponse:
    """Ask only for what is to be mended, with what was written before."""
    case = open_case_for(actor=request.actor, number=number, at=now())
    if not case.mending:
        messages.info(request, "现在没有需要当场更正的内容。")
        return redirect("portal:case", number)
    fields = [field for field in case.definition.fields if field.name in case.mending]
    specs = [field_spec(field, case.answers) for field in fields]
    answers: dict[str, object] = {spec.name: case.answers.get(spec.name) for spec in specs}
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        answers = read_answers(specs, request.POST)
        try:
            correct_on_spot(actor=request.actor, number=number, answers=answers, at=now())
        except IncompleteApplicationError as refusal:
            errors = errors_by_field(refusal)
        else:
            messages.success(request, "已更正，申请表已按新的内容重新生成。办理期限不受影响。")
            return redirect("portal:case", number)
    views = [field_view(spec, answers, errors) for spec in specs]
    status = 422 if errors else 200
    return render(request, "portal/mending.html", {"case": case, "views": views}, status=status)
