"""Every request learns who asks."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from suban.identity.errors import NotAMemberError, UnknownAccountError
from suban.identity.queries import get_actor
from suban.identity.types import Actor
from suban.kernel.clock import now
from suban.web.account.requests import ACTING_FOR


class ActorMiddleware:
    """Sets `request.actor` (None for a visitor)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request as the one who asks."""
        try:
            actor = _find_actor(request)
        except NotAMemberError as refusal:
            return self._answer_as_oneself(request, refusal)
        return self._answer(request, actor)

    def _answer_as_oneself(self, request: HttpRequest, refusal: NotAMemberError) -> HttpResponse:
        # What was meant for a company must not be done in one's own name.
        del request.session[ACTING_FOR]
        messages.warning(request, f"{refusal.message}现已切换为以本人身份办理。")
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseRedirect(reverse("account:switch"))
        return self._answer(request, _find_actor(request))

    def _answer(self, request: HttpRequest, actor: Actor | None) -> HttpResponse:
        request.__dict__["actor"] = actor
        answer = self.get_response(request)
        if actor is not None:  # every page, also an open one, shows who is signed in
            add_never_cache_headers(answer)
        return answer


def _find_actor(request: HttpRequest) -> Actor | None:
    if not request.user.is_authenticated:
        return None
    try:
        return get_actor(request.user.pk, request.session.get(ACTING_FOR, ""), at=now())
    except UnknownAccountError:
        logout(request)
        return None
