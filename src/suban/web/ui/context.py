"""What every page's frame needs: region, print size, who is signed in, unread messages."""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from suban.identity.queries import get_display_name
from suban.notices.queries import count_unread
from suban.web.ui.presentation import Link
from suban.web.ui.regions import Region, get_region

REGION_COOKIE: Final = "region"
PRINT_COOKIE: Final = "print"
LARGE: Final = "large"

NAVIGATION: Final = (
    ("首页", "portal:home"),
    ("办事事项", "portal:matters"),
    ("部门", "portal:organs"),
    ("证照查验", "portal:verify"),
)


@dataclass(frozen=True, slots=True)
class SiteView:
    """The frame's values; what costs a query is asked for only when the template shows it."""

    request: HttpRequest
    region: Region
    large_print: bool
    demo: bool

    @property
    def actor(self) -> Any:
        """Return who acts (identity's Actor), or None for a visitor; account's middleware knows."""
        return getattr(self.request, "actor", None)

    @property
    def unread(self) -> int:
        """Return how many messages the party hasn't read."""
        return count_unread(self.actor.party) if self.actor else 0

    @property
    def acting_for(self) -> str:
        """Return the name of the company that the person acts for, or nothing."""
        return get_display_name(self.actor.on_behalf_of) if self.actor and self.actor.on_behalf_of else ""

    @property
    def navigation(self) -> tuple[Link, ...]:
        """Return the main columns of the public site."""
        path = self.request.path
        links = [Link(text, address(name)) for text, name in NAVIGATION]
        return tuple(Link(link.text, link.url, current=_covers(link.url, path)) for link in links if link.url)

    @property
    def here(self) -> str:
        """Return the present address, so that a preference leads back to it."""
        return self.request.get_full_path()


def address(name: str) -> str:
    """Return the address of a named page, or nothing while that page isn't installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _covers(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def chosen_region(request: HttpRequest) -> Region:
    """Return the region that the visitor chose; the province until then."""
    return get_region(request.COOKIES.get(REGION_COOKIE, ""))


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's values under the name `site`."""
    return {
        "site": SiteView(
            request=request,
            region=chosen_region(request),
            large_print=request.COOKIES.get(PRINT_COOKIE) == LARGE,
            demo=settings.SUBAN.demo,
        ),
    }
