"""The worklist: saved views with counts, filters, keyset pages."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from suban.cases.queries.load import list_work_choices
from suban.cases.queries.worklists import count_worklists, list_worklist
from suban.identity.types import Role
from suban.kernel.clock import civil_day, now
from suban.web.account.requests import ActorRequest
from suban.web.workbench import worklist
from suban.web.workbench.views.gates import office_page


@require_safe
@office_page()
def home(request: ActorRequest) -> HttpResponse:
    """Show what waits for the officer, the most urgent first."""
    if request.actor.roles and request.actor.roles <= {Role.ADMINISTRATOR}:
        return redirect("workbench:administration")
    today = civil_day(now())
    counts = count_worklists(actor=request.actor, today=today)
    view = request.GET.get("view", "")
    if view not in worklist.VIEWS:
        view = "mine" if counts["mine"] else "open"
    filters = worklist.read_filters(request.GET)
    page = list_worklist(
        actor=request.actor,
        view=view,
        today=today,
        cursor=request.GET.get(worklist.CURSOR, ""),
        filters=filters,
    )
    context = {
        "view": view,
        "views": worklist.view_links(view, counts, request.GET),
        "rows": worklist.work_rows(page.lines, today=today),
        "filters": filters,
        "choices": list_work_choices(actor=request.actor, today=today),
        "pages": worklist.page_links(view, request.GET, page.next_cursor),
        "waiting": counts["open"],
    }
    return render(request, "workbench/worklist.html", context)
