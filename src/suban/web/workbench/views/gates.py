"""What all pages of the workbench share: the gate, and refusals answered in words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Concatenate, Final, ParamSpec

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from suban.cases.queries.staff import open_case_file
from suban.cases.types import Act, StaffCase
from suban.identity.types import Role
from suban.kernel.clock import now
from suban.kernel.errors import ConflictError, DomainError, NotFoundError, NotPermittedError
from suban.web.account.gates import ActorView, OpenView, staff_required
from suban.web.account.requests import ActorRequest
from suban.web.ui.presentation import say_instant

P = ParamSpec("P")
CONFLICT: Final = 409
UNPROCESSABLE: Final = 422


def office_page(*roles: Role) -> Callable[[ActorView[P]], OpenView[P]]:
    """Let in staff with one of `roles` (any staff without); nothing stays in a cache.

    What isn't there for this officer is not found, whether it exists or not.
    """

    def gate(view: ActorView[P]) -> OpenView[P]:
        return never_cache(staff_required(*roles)(_answer_unknown(view)))

    return gate


def _answer_unknown(view: ActorView[P]) -> ActorView[P]:
    opened: Callable[Concatenate[ActorRequest, P], HttpResponseBase] = view

    def answered(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return opened(request, *args, **kwargs)
        except NotFoundError as refusal:
            raise Http404(refusal.message) from refusal
        except NotPermittedError as refusal:
            raise PermissionDenied(refusal.message) from refusal

    update_wrapper(answered, view)
    return answered


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not done, in words, with the HTTP status that fits."""

    message: str
    status: int


def open_case(request: ActorRequest, number: str) -> StaffCase:
    """Return the case for the officer who asks; the look is logged."""
    return open_case_file(actor=request.actor, number=number, at=now())


def attempt(request: ActorRequest, number: str, act: Callable[[], object]) -> Refusal | None:
    """Do `act` if the case still is as the page showed it; return the refusal, if any.

    The number of events that the page saw came with it. The service decides under lock again, so
    that of two officers pressing at once the second is told, whatever the page says.
    """
    case = open_case(request, number)
    if moved := moved_meanwhile(case, request.POST.get("seq", "")):
        return Refusal(moved, CONFLICT)
    try:
        act()
    except NotFoundError:
        raise
    except DomainError as refusal:
        return Refusal(refusal.message, status_of(refusal))
    return None


def moved_meanwhile(case: StaffCase, seen: str) -> str:
    """Return what happened since the page was shown, or nothing."""
    if seen == str(case.seq):
        return ""
    latest = case.timeline[0] if case.timeline else None
    news = f"：{latest.title}（{say_instant(latest.at)}）" if latest else ""
    return f"您打开页面之后，这个办件有了新的进展{news}。没有重复办理，请看过最新情况再决定。"


def status_of(refusal: DomainError) -> int:
    """Return the HTTP status that fits a refusal shown on its page."""
    if isinstance(refusal, ConflictError):
        return CONFLICT
    return 403 if isinstance(refusal, NotPermittedError) else UNPROCESSABLE


def not_now(request: ActorRequest, case: StaffCase, act: Act) -> HttpResponseBase | None:
    """Lead back to the case, with words, where `act` isn't possible for this officer now."""
    if any(possible.act is act for possible in case.acts):
        return None
    messages.warning(request, f"办件现在的状态是“{case.state_label}”，这一步现在不能办理，或者不由您办理。")
    return redirect("workbench:case", number=case.number)
