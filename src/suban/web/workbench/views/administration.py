"""The machine's own state, for administrators: what died, what was sent, whether the evidence stands."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from suban.foundation.queries.audit import verify_evidence
from suban.foundation.queries.calendar import get_calendar
from suban.foundation.queries.outbox import (
    count_waiting,
    find_last_heartbeat,
    list_dead_letters,
    list_schedules,
)
from suban.foundation.services.outbox import revive
from suban.identity.types import Role
from suban.kernel.clock import civil_day, now
from suban.kernel.errors import NotFoundError
from suban.notices.queries import list_ledger
from suban.web.account.requests import ActorRequest
from suban.web.ui.presentation import PageLinks
from suban.web.workbench.desk import calendar_view, message_line
from suban.web.workbench.views.gates import office_page

SHOWN: Final = 20


@require_safe
@office_page(Role.ADMINISTRATOR)
def administration(request: ActorRequest) -> HttpResponse:
    """Show dead letters, jobs, the calendar in force; the evidence is gone through on request."""
    try:
        calendar = calendar_view(get_calendar(), civil_day(now()))
    except NotFoundError:
        calendar = None
    context = {
        "dead": list_dead_letters(),
        "waiting": count_waiting(),
        "heartbeat": find_last_heartbeat(),
        "schedules": list_schedules(),
        "calendar": calendar,
        "report": verify_evidence() if request.GET.get("verify") else None,
        "at": now(),
    }
    return render(request, "workbench/administration.html", context)


@require_POST
@office_page(Role.ADMINISTRATOR)
def revive_letter(request: ActorRequest, letter: int) -> HttpResponse:
    """Let a dead letter be tried again."""
    try:
        revive(letter)
    except NotFoundError as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, f"第 {letter} 号消息已放回队列，几秒钟后重试。")
    return redirect("workbench:administration")


@require_safe
@office_page(Role.ADMINISTRATOR)
def sent(request: ActorRequest) -> HttpResponse:
    """Show what was sent to whom, addresses masked."""
    cursor = request.GET.get("after", "")[:64]
    page = list_ledger(cursor=cursor, limit=SHOWN)
    pages = PageLinks(
        previous="?" if cursor else "",
        next=f"?after={page.next_cursor}" if page.next_cursor else "",
    )
    context = {"lines": [message_line(line, today=civil_day(now())) for line in page.lines], "pages": pages}
    return render(request, "workbench/messages.html", context)
