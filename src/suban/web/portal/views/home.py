"""The home page: say what you want to do."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from suban.cases.queries.applicants import list_my_cases
from suban.catalogue.queries import count_matters, list_common_matters
from suban.identity.types import Actor
from suban.web.account.gates import public_page
from suban.web.account.requests import find_actor
from suban.web.portal.applying.progress import ENDED
from suban.web.portal.lists import common_items, way_out
from suban.web.portal.views.cases import case_cards
from suban.web.ui.context import chosen_region

SHOWN: Final = 6
MINE: Final = 2
EXAMPLES: Final = ("考下执业药师证要上班", "开药店", "给投资项目备案")


@dataclass(frozen=True, slots=True)
class Figure:
    """A true figure with the way it was counted."""

    name: str
    value: str
    derivation: str


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Show search, doors, and what can be done online in the chosen region."""
    region = chosen_region(request)
    context = {
        "items": common_items(list_common_matters(region=region.code, limit=SHOWN)),
        "cases": _running_cases(find_actor(request)),
        "figures": _figures(region.code, region.name),
        "examples": EXAMPLES,
        "empty_links": way_out(("换个地区", reverse("ui:region"))),
    }
    return render(request, "portal/home.html", context)


def _running_cases(actor: Actor | None) -> list[dict[str, Any]]:
    if actor is None or actor.is_staff:
        return []
    lines = list_my_cases(actor=actor, limit=SHOWN).lines
    return case_cards(tuple(line for line in lines if line.state not in ENDED)[:MINE])


def _figures(code: str, name: str) -> list[Figure]:
    count = count_matters(region=code)
    if not count:
        return []
    return [Figure("可以在线办理的事项", str(count), f"按{name}现行有效、已发布办事指南的事项逐项计数")]
