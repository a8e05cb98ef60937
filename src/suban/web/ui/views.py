"""Pages of the look itself: choosing region and print size, two statements."""

from collections.abc import Callable
from typing import Final, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from suban.web.ui.context import LARGE, PRINT_COOKIE, REGION_COOKIE
from suban.web.ui.regions import PROVINCE, all_regions, get_region, list_children

YEAR: Final = 365 * 24 * 3600
V = TypeVar("V", bound=Callable[[HttpRequest], HttpResponse])


def open_to_all(view: V) -> V:
    """Declare, as account's gates do for the pages above, that anybody may see the page."""
    view.__dict__["suban_permission"] = "public"
    return view


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """Return where the visitor came from, if that is a page of this site."""
    target = request.GET.get("next") or request.POST.get("next") or default
    allowed = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if allowed and target.startswith("/") else default


@open_to_all
def choose_region(request: HttpRequest) -> HttpResponse:
    """Show the regions; remember the chosen one and lead back."""
    code = request.GET.get("code", "")
    if code in all_regions():
        return _remember(request, REGION_COOKIE, code)
    cities = [(city, list_children(city.code)) for city in list_children(PROVINCE)]
    context = {"province": get_region(PROVINCE), "cities": cities, "next": safe_next(request)}
    return render(request, "ui/region.html", context)


@open_to_all
def choose_display(request: HttpRequest) -> HttpResponse:
    """Switch between standard and large print (关怀版) and lead back."""
    return _remember(request, PRINT_COOKIE, LARGE if request.GET.get("mode") == LARGE else "standard")


@open_to_all
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show how the site can be used by everybody."""
    return render(request, "ui/accessibility.html")


@open_to_all
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what happens to what people enter."""
    return render(request, "ui/privacy.html")


def _remember(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    answer = HttpResponseRedirect(safe_next(request))
    answer.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return answer
