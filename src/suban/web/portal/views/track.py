"""Progress without signing in: number and query code."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from suban.cases.errors import UnknownCaseError
from suban.cases.queries.applicants import find_public_status
from suban.identity.services import admit_code_attempt
from suban.kernel.clock import civil_day, now
from suban.web.account.gates import public_page
from suban.web.portal.applying.progress import status_view, tell
from suban.web.ui.errors import error_page
from suban.web.ui.form_kit import FieldSpec, field_view, read_answers
from suban.web.ui.presentation import say_day

SPECS: Final = (
    FieldSpec(
        name="number",
        label="申报号",
        help="在收件凭证上，例如 JS3211-2026-0000123-C",
        attributes=(("autocomplete", "off"), ("autocapitalize", "characters")),
    ),
    FieldSpec(
        name="query_code",
        label="查询码",
        help="收件凭证上的 6 位数字",
        attributes=(("inputmode", "numeric"), ("autocomplete", "off"), ("maxlength", "6")),
    ),
)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("query_code")
@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; show progress without anybody's data."""
    answers: dict[str, object] = {}
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        answers = read_answers(SPECS, request.POST)
        if not admit_code_attempt(request, number=str(answers["number"])):
            return error_page(request, 429)
        try:
            return _show(request, str(answers["number"]), str(answers["query_code"]))
        except UnknownCaseError:
            errors = {"number": ["申报号和查询码对不上，请对照收件凭证核对。"]}
    fields = [field_view(spec, answers, errors) for spec in SPECS]
    return render(request, "portal/track.html", {"fields": fields}, status=422 if errors else 200)


def _show(request: HttpRequest, number: str, query_code: str) -> HttpResponse:
    status = find_public_status(number=number, query_code=query_code)
    today = civil_day(now())
    context = {
        "case": status,
        "status": status_view(status.state, status.state_label),
        "due": f"最迟 {say_day(status.due_on, today=today)}" if status.due_on else "",
        "history": tell(status.timeline, today=today),
    }
    return render(request, "portal/track_result.html", context)
