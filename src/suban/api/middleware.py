"""The net under the interface: whatever refuses a call outside the endpoints answers as a problem too."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from suban.api.problems import MEDIA_TYPE, problem_of_status, problem_response

PREFIX: Final = "/api/"
_KEPT: Final = ("Allow", "Retry-After", "Connection")
_OPEN_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
Respond = Callable[[HttpRequest], HttpResponseBase]


def answer_in_problems(respond: Respond) -> Respond:
    """Turn error pages under /api/ into Problem Details, with the headers that belong to them."""

    def respond_in_problems(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        if not request.path.startswith(PREFIX):
            return response
        answer = _as_problem(response)
        if _is_personal(request):
            add_never_cache_headers(answer)
        return answer

    return respond_in_problems


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code < 400 or response.get("Content-Type", "").startswith(MEDIA_TYPE):
        return response
    problem: HttpResponse = problem_response(problem_of_status(response.status_code))
    for name in _KEPT:
        if name in response:
            problem[name] = response[name]
    return problem


def _is_personal(request: HttpRequest) -> bool:
    # What is asked without a token and without changing anything is open to all.
    signed = "Authorization" in request.headers or getattr(request, "actor", None) is not None
    return signed or request.method not in _OPEN_METHODS
