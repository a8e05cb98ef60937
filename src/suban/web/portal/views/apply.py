"""The beginning of an application: what to know, and the draft."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from suban.cases.queries.applicants import find_draft
from suban.cases.queries.bans import ban_words, find_ban
from suban.cases.services.drafts import start_case
from suban.catalogue.queries import get_matter
from suban.catalogue.types import MatterDefinition, Target
from suban.identity.types import Actor
from suban.kernel.clock import civil_day, now
from suban.kernel.references import new_id
from suban.web.account.gates import applicant_required
from suban.web.account.requests import ActorRequest
from suban.web.portal.applying.steps import TITLES
from suban.web.portal.guides import badge_line, material_cards
from suban.web.ui.presentation import step_views


@applicant_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: ActorRequest, code: str) -> HttpResponse:
    """Show what to know before applying; open a draft, or go on with the one there is."""
    if request.method == "POST":
        # The page carries a key of its own: pressing twice, or again after a cut line, opens one draft.
        key = request.POST.get("key", "")[:64]
        number = start_case(actor=request.actor, matter_code=code, at=now(), idempotency_key=key)
        return redirect("portal:form", number)
    definition = get_matter(code).definition
    materials = material_cards(definition.materials, limit=settings.SUBAN.max_upload_bytes)
    context = {
        "definition": definition,
        "badge_line": badge_line(definition),
        "materials": materials,
        "to_prepare": [card for card in materials if card.to_prepare],
        "steps": step_views(TITLES, 0),
        "draft": find_draft(actor=request.actor, matter_code=code),
        **_hindrances(request.actor, definition),
        "key": new_id(),
        "guide_url": reverse("portal:guide", args=[code]),
    }
    return render(request, "portal/apply.html", context)


def _hindrances(actor: Actor, definition: MatterDefinition) -> dict[str, object]:
    ban = find_ban(party=actor.party, base_code=definition.base_code, today=civil_day(now()))
    if ban:
        return {"banned": True, "hindrance": ban_words(ban), "hindrance_title": "现在还不能申请"}
    words = _hindrance(actor, definition)
    return {"banned": False, "hindrance": words, "hindrance_title": "现在的身份办不了这件事"}


def _hindrance(actor: Actor, definition: MatterDefinition) -> str:
    if definition.target is Target.COMPANY and not actor.on_behalf_of:
        return "这个事项由企业或组织申请，请先切换到企业身份。"
    if definition.target is Target.PERSON and actor.on_behalf_of:
        return "这个事项由个人申请，请先切换到本人身份。"
    return ""
