"""Finding a matter and reading its guide."""

from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from suban.catalogue.errors import MatterWithdrawnError, UnknownMatterError
from suban.catalogue.queries import get_matter, get_version, list_matters, list_versions, search_matters
from suban.catalogue.types import PublishedMatter
from suban.feedback.queries import list_published
from suban.foundation.queries.calendar import get_calendar
from suban.kernel.clock import civil_day, now
from suban.web.account.gates import public_page
from suban.web.portal.guides import guide_page
from suban.web.portal.lists import matter_items, page_links, read_cursor, way_out
from suban.web.portal.topics import COMPANY_TOPICS, PERSON_TOPICS
from suban.web.ui.context import chosen_region
from suban.web.ui.presentation import Link, StatusView

LONGEST_SENTENCE: Final = 100
TARGETS: Final = (("", "全部"), ("person", "个人办事"), ("company", "法人办事"))
HEADINGS: Final = {"person": "个人办事", "company": "法人办事"}


@public_page
def matter_list(request: HttpRequest) -> HttpResponse:
    """Show the matters of the chosen region, for whom they are."""
    target = request.GET.get("target", "")
    target = target if target in HEADINGS else ""
    found = list_matters(region=chosen_region(request).code, target=target, cursor=read_cursor(request.GET))
    context = {
        "heading": HEADINGS.get(target, "办事事项"),
        "tabs": [Link(text, f"?target={key}" if key else "?", key == target) for key, text in TARGETS],
        "items": matter_items(found.cards),
        "pages": page_links(request.GET.dict(), found.next_cursor),
        "empty_links": way_out(("换个地区", reverse("ui:region"))),
    }
    return render(request, "portal/matters.html", context)


@public_page
def topics(request: HttpRequest) -> HttpResponse:
    """Show the topics of the national guide as doors into the search."""
    return render(request, "portal/topics.html", {"person": PERSON_TOPICS, "company": COMPANY_TOPICS})


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Find matters by what a person would say."""
    text = " ".join(request.GET.get("q", "").split())[:LONGEST_SENTENCE]
    found = search_matters(text, region=chosen_region(request).code) if text else ()
    context = {
        "text": text,
        "items": matter_items(found),
        "empty_title": f"没有找到和“{text}”有关的事项",
        "empty_links": way_out(
            ("浏览全部事项", reverse("portal:matters")), ("换个地区", reverse("ui:region"))
        ),
    }
    return render(request, "portal/search.html", context)


@public_page
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """Show the guide of a matter: can I, what do I need, how long, what does it cost, what happens next."""
    matter, withdrawn = _open_matter(code)
    context = guide_page(
        matter,
        today=civil_day(now()),
        calendar=get_calendar(),
        limit=settings.SUBAN.max_upload_bytes,
    )
    context |= {
        "withdrawn": withdrawn,
        "trail": _trail(matter),
        "published": list_published(code),
        "apply_url": reverse("portal:apply", args=[code]),
    }
    return render(request, "portal/guide.html", context)


@public_page
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Show every published version of a matter."""
    matter, withdrawn = _open_matter(code)
    lines = list_versions(code)
    context = {
        "name": matter.definition.name,
        "versions": lines,
        "current": 0 if withdrawn else matter.version,
        "stopped": StatusView("neutral", "停止办理", "stop"),
        "trail": (
            *_trail(matter)[:-1],
            Link(matter.definition.plain_name, reverse("portal:guide", args=[code])),
        ),
    }
    return render(request, "portal/versions.html", context)


def _open_matter(code: str) -> tuple[PublishedMatter, bool]:
    try:
        return get_matter(code), False
    except MatterWithdrawnError:
        return get_version(list_versions(code)[0].version_id), True
    except UnknownMatterError as unknown:
        raise Http404 from unknown


def _trail(matter: PublishedMatter) -> tuple[Link, ...]:
    definition = matter.definition
    return (
        Link("首页", reverse("portal:home")),
        Link(definition.organ_name, reverse("portal:organ", args=[definition.organ])),
        Link(definition.plain_name, ""),
    )
