"""Asking the window: from a guide or a case, and what became of it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from suban.cases.queries.applicants import open_case_for
from suban.catalogue.errors import MatterWithdrawnError, UnknownMatterError
from suban.catalogue.queries import get_matter
from suban.catalogue.types import MatterDefinition
from suban.feedback.queries import get_my_question, list_my_questions, list_published
from suban.feedback.services import ask_further, ask_question, close_question
from suban.kernel.clock import now
from suban.kernel.errors import DomainError, NotFoundError
from suban.kernel.references import new_id
from suban.web.account.gates import applicant_required
from suban.web.account.requests import ActorRequest
from suban.web.portal.lists import page_links, read_cursor


@applicant_required
@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest, code: str) -> HttpResponse:
    """Take a question about a matter or one's own case; what was answered before stands above."""
    case = request.POST.get("case", request.GET.get("case", ""))
    text = request.POST.get("text", "")
    token = request.POST.get("token") or new_id()
    definition = _definition(request, code, case)
    error = ""
    if request.method == "POST":
        try:
            key = ask_question(actor=request.actor, matter=code, case=case, text=text, token=token, at=now())
            return redirect("portal:question", key=key)
        except NotFoundError:
            raise
        except DomainError as refusal:
            error = refusal.message
    context = {
        "code": code,
        "case": case,
        "definition": definition,
        "published": list_published(code),
        "text": text,
        "token": token,
        "error": error,
    }
    return render(request, "portal/ask.html", context, status=422 if error else 200)


@applicant_required
@require_safe
def question_list(request: ActorRequest) -> HttpResponse:
    """Show the party's own questions, the newest first."""
    page = list_my_questions(actor=request.actor, cursor=read_cursor(request.GET))
    context = {"lines": page.lines, "pages": page_links(request.GET.dict(), page.next_cursor)}
    return render(request, "portal/questions.html", context)


@applicant_required
@require_http_methods(["GET", "POST"])
def question(request: ActorRequest, key: str) -> HttpResponse:
    """Show a question with its answers; ask further, or close it."""
    error, text = "", request.POST.get("text", "")
    if request.method == "POST":
        try:
            if request.POST.get("act") == "close":
                close_question(actor=request.actor, key=key, at=now())
            else:
                ask_further(actor=request.actor, key=key, text=text, at=now())
            return redirect("portal:question", key=key)
        except NotFoundError:
            raise
        except DomainError as refusal:
            error = refusal.message
    view = get_my_question(actor=request.actor, key=key)
    context = {"view": view, "error": error, "text": text}
    return render(request, "portal/question.html", context, status=422 if error else 200)


def _definition(request: ActorRequest, code: str, case: str) -> MatterDefinition:
    if case:
        opened = open_case_for(actor=request.actor, number=case, at=now())
        if opened.matter_code != code:
            raise Http404
        return opened.definition
    try:
        return get_matter(code).definition
    except (UnknownMatterError, MatterWithdrawnError) as unknown:
        raise Http404 from unknown
