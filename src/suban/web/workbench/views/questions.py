"""Questions to the window: the worklist, the answer, the publishing on the guide."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from suban.feedback.queries import list_open_questions, open_question
from suban.feedback.services import answer_question, publish_answer
from suban.identity.types import Role
from suban.kernel.clock import civil_day, now
from suban.kernel.errors import DomainError, NotFoundError
from suban.web.account.requests import ActorRequest
from suban.web.ui.presentation import PageLinks
from suban.web.workbench.views.gates import office_page, status_of


@require_safe
@office_page(Role.CLERK, Role.SUPERVISOR)
def question_list(request: ActorRequest) -> HttpResponse:
    """Show what waits for an answer, the most urgent first."""
    cursor = request.GET.get("after", "")
    page = list_open_questions(actor=request.actor, cursor=cursor)
    context = {
        "lines": page.lines,
        "today": civil_day(now()),
        "pages": PageLinks(
            previous="?" if cursor else "",
            next=f"?after={page.next_cursor}" if page.next_cursor else "",
        ),
    }
    return render(request, "workbench/questions.html", context)


@require_http_methods(["GET", "POST"])
@office_page(Role.CLERK, Role.SUPERVISOR)
def question(request: ActorRequest, key: str) -> HttpResponse:
    """Show a question with the page it came from; answer it, or publish the answer in other words."""
    error, status = "", 200
    if request.method == "POST":
        try:
            done = _act(request, key)
        except NotFoundError:
            raise
        except DomainError as refusal:
            error, status = refusal.message, status_of(refusal)
        else:
            messages.success(request, done)
            return redirect("workbench:question", key=key)
    view = open_question(actor=request.actor, key=key, at=now())
    context = {"view": view, "error": error, "typed": request.POST, "today": civil_day(now())}
    return render(request, "workbench/question.html", context, status=status)


def _act(request: ActorRequest, key: str) -> str:
    typed = request.POST
    if typed.get("act") == "publish":
        publish_answer(
            actor=request.actor,
            key=key,
            question_words=typed.get("question_words", ""),
            answer_words=typed.get("answer_words", ""),
            at=now(),
        )
        return "已公开到办事指南的常见问题。"
    answer_question(actor=request.actor, key=key, text=typed.get("text", ""), at=now())
    return "已答复，系统会通知提问人。"
