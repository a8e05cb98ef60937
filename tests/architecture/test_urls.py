"""Every address names who may come: a view without a gate is a mistake, not an open page."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, Final

import pytest
from django.urls import URLResolver, get_resolver, path

from suban.web.account.gates import permission_of, public_page

# Addresses without a gate, and why.
UNGATED: Final = {
    "healthz": "a load balancer asks without signing in; says only whether the site is ready",
}


def list_views(resolver: Any, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Return every address below `resolver` with its view."""
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from list_views(pattern, address)
        else:
            yield address, pattern.callback


def find_ungated(resolver: Any) -> set[str]:
    """Return the addresses whose view names no permission."""
    return {address for address, view in list_views(resolver) if not permission_of(view)}


def test_the_check_finds_a_forgotten_gate() -> None:
    def forgotten() -> None: ...

    @public_page
    def gated() -> None: ...

    resolver = SimpleNamespace(url_patterns=[path("forgotten", forgotten), path("gated", gated)])

    assert find_ungated(resolver) == {"forgotten"}


def test_every_address_names_its_permission() -> None:
    assert find_ungated(get_resolver()) == set(UNGATED)


@pytest.mark.parametrize("place", ["me", "workbench"])
def test_what_is_not_for_everybody_is_never_public(place: str) -> None:
    open_views = [
        address
        for address, view in list_views(get_resolver())
        if address.split("/")[0] == place and permission_of(view) == "public"
    ]

    assert not open_views
