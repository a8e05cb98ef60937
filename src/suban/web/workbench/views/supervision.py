"""What a supervisor sees: who has how much to do, and what will be late in three days."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from suban.cases.queries.load import get_load
from suban.departments.queries import list_in_question
from suban.identity.types import Role
from suban.kernel.clock import civil_day, now
from suban.web.account.requests import ActorRequest
from suban.web.workbench.departments import handled_rows
from suban.web.workbench.desk import officer_loads
from suban.web.workbench.views.gates import office_page
from suban.web.workbench.worklist import work_rows

HANDLED_SHOWN: Final = 10


@require_safe
@office_page(Role.SUPERVISOR)
def supervision(request: ActorRequest) -> HttpResponse:
    """Show the load of the supervised organs."""
    report = get_load(actor=request.actor, today=civil_day(now()))
    context = {
        "report": report,
        "officers": officer_loads(report),
        "rows": work_rows(report.pressing, today=report.as_of),
        "handled": handled_rows(
            list_in_question(actor=request.actor, limit=HANDLED_SHOWN).lines, today=report.as_of
        ),
    }
    return render(request, "workbench/supervision.html", context)
