"""Gates before pages. Each also names the permission on the view, so that a test can list them all."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from suban.identity.types import Actor, Role
from suban.web.account.requests import ActorRequest, find_actor

PERMISSION: Final = "suban_permission"
PUBLIC: Final = "public"
SIGNED_IN: Final = "signed_in"
APPLICANT: Final = "applicant"
STAFF: Final = "staff"
LINK: Final = "link"

P = ParamSpec("P")
V = TypeVar("V", bound=Callable[..., Any])
ActorView = Callable[Concatenate[ActorRequest, P], HttpResponseBase]
OpenView = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def public_page(view: V) -> V:
    """Declare that anybody may see the page."""
    return _declare(view, PUBLIC)


def link_page(view: OpenView[P]) -> OpenView[P]:
    """Declare that whoever holds the link may come; the first query of the view asks what it opens."""

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return _keep_out_of_caches(view(request, *args, **kwargs))

    update_wrapper(guarded, view)
    return _declare(guarded, LINK)


def sign_in_required(view: ActorView[P]) -> OpenView[P]:
    """Let in whoever is signed in."""
    return _gate(view, SIGNED_IN, lambda actor: True)  # noqa: ARG005


def applicant_required(view: ActorView[P]) -> OpenView[P]:
    """Let in persons, for themselves or for a company; staff apply with an account of their own."""
    return _gate(view, APPLICANT, lambda actor: not actor.is_staff)


def staff_required(*roles: Role) -> Callable[[ActorView[P]], OpenView[P]]:
    """Let in staff who hold one of `roles` somewhere; without roles, any staff."""
    permission = f"{STAFF}:{','.join(roles)}" if roles else STAFF

    def gate(view: ActorView[P]) -> OpenView[P]:
        return _gate(view, permission, lambda actor: actor.is_staff and _holds_one(actor, roles))

    return gate


def permission_of(view: Callable[..., Any]) -> str | None:
    """Return the permission that a view declares; None when it was forgotten."""
    declared: str | None = getattr(view, PERMISSION, None)
    return declared


def _gate(view: ActorView[P], permission: str, lets_in: Callable[[Actor], bool]) -> OpenView[P]:
    opened: Callable[Concatenate[Any, P], HttpResponseBase] = view

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = find_actor(request)
        if actor is None:
            return _keep_out_of_caches(redirect_to_login(request.get_full_path(), reverse("account:sign_in")))
        if not lets_in(actor):
            raise PermissionDenied
        return _keep_out_of_caches(opened(request, *args, **kwargs))

    update_wrapper(guarded, view)
    return _declare(guarded, permission)


def _keep_out_of_caches(answer: HttpResponseBase) -> HttpResponseBase:
    # Whoever uses a shared machine next must not find the page in its cache.
    add_never_cache_headers(answer)
    return answer


def _holds_one(actor: Actor, roles: tuple[Role, ...]) -> bool:
    return not roles or not actor.roles.isdisjoint(roles)


def _declare(view: V, permission: str) -> V:
    view.__dict__[PERMISSION] = permission
    return view
