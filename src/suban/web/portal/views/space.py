"""My space: everything that is mine, on one page."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from suban.cases.queries.applicants import list_confirmations, list_my_cases
from suban.kernel.clock import now
from suban.licences.queries import list_licences_of
from suban.notices.queries import list_inbox
from suban.web.account.gates import applicant_required
from suban.web.account.requests import ActorRequest
from suban.web.portal.licence_words import licence_status
from suban.web.portal.views.cases import case_cards

SHOWN: Final = 4


@applicant_required
@require_safe
def space(request: ActorRequest) -> HttpResponse:
    """Show running cases, licences, messages and what waits for a confirmation."""
    actor = request.actor
    licences = list_licences_of(actor.party, at=now())[:SHOWN]
    context = {
        "cases": case_cards(list_my_cases(actor=actor, limit=SHOWN).lines),
        "licences": [{"line": line, "status": licence_status(line.status)} for line in licences],
        "notices": list_inbox(actor.party, limit=SHOWN).items,
        "confirmations": list_confirmations(actor=actor, open_only=True),
    }
    return render(request, "portal/space.html", context)
