"""The net under the interface: whatever refuses a call outside the endpoints answers as a problem too."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from suban.api.problems import MEDIA_TYPE, problem_of_status, problem_response

PREFIX: Final = "/api/"
_KEPT: Final = ("Allow", "Retry-After", "Connection")
Respond = Callable[[HttpRequest], HttpResponseBase]


def answer_in_problems(respond: Respond) -> Respond:
    """Turn error pages under /api/ into Problem Details, with the headers that belong to them."""

    def respond_in_problems(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        if not request.path.startswith(PREFIX) or response.status_code < 400:
            return response
        if response.get("Content-Type", "").startswith(MEDIA_TYPE):
            return response
        problem: HttpResponse = problem_response(problem_of_status(response.status_code))
        for name in _KEPT:
            if name in response:
                problem[name] = response[name]
        return problem

    return respond_in_problems
