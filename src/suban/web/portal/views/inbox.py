"""The inbox: what we told the party."""

import re
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from suban.kernel.clock import now
from suban.notices.queries import list_inbox
from suban.notices.services import mark_all_read, mark_read
from suban.web.account.gates import applicant_required
from suban.web.account.requests import ActorRequest
from suban.web.portal.lists import page_links, read_cursor

_CASE_NUMBER: Final = re.compile(r"[0-9A-Za-z-]{1,64}")


@applicant_required
@require_safe
def inbox(request: ActorRequest) -> HttpResponse:
    """Show the messages to the party, the newest first."""
    page = list_inbox(request.actor.party, read_cursor(request.GET))
    context = {
        "items": [{"item": item, "case": item.about.removeprefix("case:")} for item in page.items],
        "unread": any(item.read_at is None for item in page.items),
        "pages": page_links(request.GET.dict(), page.next_cursor),
    }
    return render(request, "portal/inbox.html", context)


@applicant_required
@require_POST
def read_notice(request: ActorRequest, notice: str) -> HttpResponse:
    """Note that a message was read, and lead to the case it is about."""
    mark_read(inbox=request.actor.party, notice=notice, at=now())
    about = request.POST.get("case", "")
    known = _CASE_NUMBER.fullmatch(about)
    return redirect(reverse("portal:case", args=[about]) if known else reverse("portal:inbox"))


@applicant_required
@require_POST
def read_all(request: ActorRequest) -> HttpResponse:
    """Note that everything was read."""
    mark_all_read(inbox=request.actor.party, at=now())
    return redirect("portal:inbox")
