"""Departments and what they offer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from suban.catalogue.queries import list_matters
from suban.identity.queries import find_organ, list_organs
from suban.web.account.gates import public_page
from suban.web.portal.lists import matter_items, page_links, read_cursor, way_out
from suban.web.ui.context import chosen_region
from suban.web.ui.presentation import Link


@public_page
def organ_list(request: HttpRequest) -> HttpResponse:
    """Show the departments of the chosen region."""
    context = {
        "organs": list_organs(region_code=chosen_region(request).code),
        "empty_links": way_out(("换个地区", reverse("ui:region"))),
    }
    return render(request, "portal/organs.html", context)


@public_page
def organ(request: HttpRequest, uscc: str) -> HttpResponse:
    """Show one department with its matters."""
    found = find_organ(uscc)
    if found is None:
        raise Http404
    page = list_matters(organ=uscc, cursor=read_cursor(request.GET))
    context = {
        "organ": found,
        "items": matter_items(page.cards),
        "pages": page_links(request.GET.dict(), page.next_cursor),
        "trail": (
            Link("首页", reverse("portal:home")),
            Link("部门", reverse("portal:organs")),
            Link(found.short_name or found.name, ""),
        ),
    }
    return render(request, "portal/organ.html", context)
