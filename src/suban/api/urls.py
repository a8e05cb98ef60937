"""The addresses of the interface; every view carries the names of its permissions."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.urls import URLPattern, URLResolver

from suban.api.description import list_permissions
from suban.api.gates import ON_VIEW
from suban.api.site import make_api

_OPEN: Final = frozenset({"openapi-json", "api-root"})


def _named(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Write the permissions on the views; what forgot to name one stays without, and the test fails."""
    permissions = list_permissions(api)
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            continue
        route = "/" + str(pattern.pattern).replace("<", "{").replace(">", "}")
        named = {permission for (_, path), permission in permissions.items() if path == route}
        if pattern.name in _OPEN:
            named = {"public"}
        words = sorted(name for name in named if name)
        if len(words) == len(named):
            pattern.callback.__dict__[ON_VIEW] = " ".join(words)
        yield pattern


api = make_api()
app_name = "api"
urlpatterns = list(_named(api.urls[0]))
