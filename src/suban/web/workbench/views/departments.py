"""Cases in departments' own systems: who is silent, what contradicts, what didn't arrive."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from suban.departments.queries import get_handled_file, list_handled, list_in_question, list_systems
from suban.departments.services import resend_push, settle_message
from suban.identity.types import Role
from suban.kernel.clock import civil_day, now
from suban.web.account.requests import ActorRequest
from suban.web.ui.presentation import Link, PageLinks
from suban.web.workbench.departments import handled_rows, handled_view
from suban.web.workbench.views.gates import office_page

FOLLOWERS: Final = (
    Role.CLERK,
    Role.EXAMINER,
    Role.REVIEWER,
    Role.DECIDER,
    Role.SUPERVISOR,
    Role.ADMINISTRATOR,
)
SHOWN: Final = 30


@require_safe
@office_page(*FOLLOWERS)
def departments(request: ActorRequest) -> HttpResponse:
    """List the cases in departments' systems: those in question, or all."""
    view = "all" if request.GET.get("view") == "all" else "question"
    listing = list_handled if view == "all" else list_in_question
    cursor = request.GET.get("after", "")[:24]
    page = listing(actor=request.actor, cursor=cursor, limit=SHOWN)
    context = {
        "rows": handled_rows(page.lines, today=civil_day(now())),
        "view": view,
        "views": (
            Link("需要处理", "?view=question", current=view == "question"),
            Link("全部", "?view=all", current=view == "all"),
        ),
        "pages": PageLinks(
            previous=f"?view={view}" if cursor else "",
            next=f"?view={view}&after={page.next_cursor}" if page.next_cursor else "",
        ),
        "systems": list_systems() if Role.ADMINISTRATOR in request.actor.roles else (),
    }
    return render(request, "workbench/departments.html", context)


@require_safe
@office_page(*FOLLOWERS)
def handled(request: ActorRequest, number: str) -> HttpResponse:
    """Show everything that passed between a case and the system that handles it."""
    file = get_handled_file(actor=request.actor, number=number)
    return render(request, "workbench/handled.html", {"page": handled_view(file, today=civil_day(now()))})


@require_POST
@office_page(Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR)
def resend(request: ActorRequest, number: str, ref: str) -> HttpResponse:
    """Send a push that failed once more."""
    resend_push(actor=request.actor, number=number, ref=ref, at=now())
    messages.success(request, "已重新推送，几秒钟后刷新看结果。")
    return redirect("workbench:handled", number=number)


@require_POST
@office_page(Role.CLERK, Role.DECIDER, Role.SUPERVISOR)
def settle(request: ActorRequest, number: str, message: int) -> HttpResponse:
    """Say that a contradiction was cleared up with the department."""
    settle_message(actor=request.actor, number=number, message=message, at=now())
    messages.success(request, "已记为核实完毕。")
    return redirect("workbench:handled", number=number)
