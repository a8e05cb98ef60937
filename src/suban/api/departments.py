"""Where departments' own systems report and fetch: every request signed (protocols/departments.md).

Outside the versioned interface, because the protocol has a version of its own.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from suban.api.downloads import send_file
from suban.api.gates import ON_VIEW
from suban.api.problems import problem_of_refusal, problem_response
from suban.departments.errors import (
    FalseSignatureError,
    MalformedMessageError,
    ReplayedRequestError,
    SequenceTooFarError,
    StaleRequestError,
)
from suban.departments.queries import find_department_file, get_standing
from suban.departments.services import identify_caller, receive_message
from suban.departments.types import Call, Outcome
from suban.kernel.clock import now
from suban.kernel.errors import DomainError

_UNPROVEN: Final = (FalseSignatureError, StaleRequestError, ReplayedRequestError)
_UNREADABLE: Final = (MalformedMessageError, SequenceTooFarError)
View = Callable[..., HttpResponseBase]


def _signed(view: View) -> View:
    """Answer refusals as problems, and say that the signature is the permission."""

    @never_cache
    @csrf_exempt
    def answered(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except DomainError as refusal:
            status = 401 if isinstance(refusal, _UNPROVEN) else 0
            status = 422 if isinstance(refusal, _UNREADABLE) else status
            return problem_response(problem_of_refusal(refusal, status=status))

    answered.__dict__[ON_VIEW] = "signature"
    return answered


def _call(request: HttpRequest) -> Call:
    return Call(method=request.method or "", path=request.path, body=request.body)


@_signed
@require_POST
def take_message(request: HttpRequest) -> HttpResponse:
    """Take a message: 200, or 202 while it waits for its turn; `outcome` says what became of it."""
    taken = receive_message(call=_call(request), headers=request.headers, at=now())
    return JsonResponse(
        asdict(taken),
        status=202 if taken.outcome is Outcome.WAITING else 200,
        json_dumps_params={"ensure_ascii": False},
    )


@_signed
@require_GET
def show_standing(request: HttpRequest, number: str) -> HttpResponse:
    """Say where a case stands, which number is waited for, and what became of the last messages."""
    at = now()
    system = identify_caller(call=_call(request), headers=request.headers, at=at)
    return JsonResponse(get_standing(system=system, number=number), json_dumps_params={"ensure_ascii": False})


@_signed
@require_GET
def fetch_file(request: HttpRequest, number: str, key: str) -> HttpResponseBase:
    """Give the file of a material to the system that handles its case."""
    at = now()
    system = identify_caller(call=_call(request), headers=request.headers, at=at)
    return send_file(find_department_file(system=system, number=number, key=key, at=at))


urlpatterns = [
    path("messages", take_message, name="department_message"),
    path("cases/<str:number>", show_standing, name="department_standing"),
    path("cases/<str:number>/files/<str:key>", fetch_file, name="department_file"),
]
