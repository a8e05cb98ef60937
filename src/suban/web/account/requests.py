"""Requests that know who asks."""

from django.http import HttpRequest

from suban.identity.types import Actor

ACTING_FOR = "acting_for"


class ActorRequest(HttpRequest):
    """A request behind a gate: somebody is signed in."""

    actor: Actor


def find_actor(request: HttpRequest) -> Actor | None:
    """Return who asks, or None for a visitor; for pages that are open to all."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor
