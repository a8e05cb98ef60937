"""Who may call: the session of the site, or a bearer token; and which permission an endpoint names.

Every endpoint takes one of these as `auth`, or says with `PUBLIC` that it needs none;
`permission_of` reads it back, so that a test can list them all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Final

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from suban.api.errors import NotForYouError
from suban.identity.services import use_token
from suban.identity.types import Actor, Role
from suban.kernel.clock import now

PERMISSION: Final = "x-permission"
ON_VIEW: Final = "suban_permission"  # where the test of all addresses reads it
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class ApiRequest(HttpRequest):
    """A request behind a gate: `auth` is who asks."""

    auth: Actor


@dataclass(frozen=True, slots=True)
class Gate:
    """A permission by its name, and whom it lets in."""

    name: str
    lets_in: Callable[[Actor], bool]
    words: str

    def admit(self, actor: Actor) -> Actor:
        """Return the actor.

        :raises NotForYouError: the permission isn't the actor's.
        """
        if not self.lets_in(actor):
            raise NotForYouError(self.words)
        return actor


class BearerToken(HttpBearer):
    """`Authorization: Bearer …` with a token of POST /session."""

    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self.gate = gate

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:  # noqa: ARG002
        """Return who holds the token, if it is alive."""
        actor = use_token(token=token, at=now())
        return self.gate.admit(actor) if actor else None


class SessionCookie(APIKeyCookie):
    """The session of the site, with its CSRF token (header X-CSRFToken) on everything that changes."""

    param_name: ClassVar[str] = settings.SESSION_COOKIE_NAME  # type: ignore[misc]

    def __init__(self, gate: Gate) -> None:
        super().__init__(csrf=False)  # checked below, after it is known that somebody is signed in
        self.gate = gate

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:  # noqa: ARG002
        """Return who is signed in.

        :raises HttpError: a change without the CSRF token.
        """
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            return None
        if request.method not in _SAFE and check_csrf(request):
            raise HttpError(403, "CSRF")
        return self.gate.admit(actor)


def _behind(name: str, lets_in: Callable[[Actor], bool], words: str) -> list[BearerToken | SessionCookie]:
    gate = Gate(name=name, lets_in=lets_in, words=words)
    return [BearerToken(gate), SessionCookie(gate)]


SIGNED_IN: Final = _behind("signed_in", lambda actor: True, "")  # noqa: ARG005 - anybody signed in
APPLICANT: Final = _behind(
    "applicant", lambda actor: not actor.is_staff, "这个接口供申请人使用，工作人员请用自己的个人账户申请。"
)
STAFF: Final = _behind("staff", lambda actor: actor.is_staff, "这个接口供工作人员使用。")


def staff(*roles: Role) -> list[BearerToken | SessionCookie]:
    """Let in staff who hold one of `roles` somewhere; where exactly is the services' question."""
    names = "、".join(role.label for role in roles)
    return _behind(
        f"staff:{','.join(roles)}",
        lambda actor: actor.is_staff and not actor.roles.isdisjoint(roles),
        f"这个接口供有“{names}”权限的工作人员使用。",
    )


# Endpoints without `auth` say so.
PUBLIC: Final = MappingProxyType({PERMISSION: "public"})


def permission_of(auth: Sequence[Any], extra: dict[str, Any] | None) -> str | None:
    """Return the permission that an operation names; None when it was forgotten."""
    for callback in auth:
        if isinstance(callback, BearerToken | SessionCookie):
            return callback.gate.name
    named = (extra or {}).get(PERMISSION)
    return str(named) if named else None
