"""The interface as one: its endpoints, its refusals, its description."""

from typing import Any, Final

from allauth.core.exceptions import RateLimited
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from suban.api import carriers, cases, licences, matters, sessions
from suban.api.description import describe
from suban.api.errors import NotProvenError, TooManyAttemptsError
from suban.api.problems import (
    problem_of_http,
    problem_of_invalid,
    problem_of_refusal,
    problem_of_status,
    problem_response,
)
from suban.api.rendering import OrjsonParser, OrjsonRenderer
from suban.foundation.errors import FileTooLargeError
from suban.kernel.errors import DomainError

# Refusals whose HTTP status says more than their kind does.
_SPECIAL: Final = ((NotProvenError, 401), (TooManyAttemptsError, 429), (FileTooLargeError, 413))


class SubanApi(NinjaAPI):
    """The interface, whose description names refusals and permissions too."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the description (OpenAPI 3.1)."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        describe(schema, self)
        return schema


def make_api() -> SubanApi:
    """Return the interface with everything on it."""
    api = SubanApi(
        title="速办开放接口",
        version="1",
        description="申请人、企业和部门自己的系统办事用的接口。所有拒绝都是 Problem Details（RFC 9457）。",
        docs_url=None,
        renderer=OrjsonRenderer(),
        parser=OrjsonParser(),
        urls_namespace="api",
    )
    for router in (sessions.router, matters.router, cases.router, licences.router, carriers.router):
        api.add_router("", router)
    _join_refusals(api)
    return api


def _join_refusals(api: NinjaAPI) -> None:
    api.add_exception_handler(DomainError, _answer_refusal)
    api.add_exception_handler(ValidationError, lambda _, error: problem_response(problem_of_invalid(error)))
    api.add_exception_handler(HttpError, lambda _, error: problem_response(problem_of_http(error)))
    api.add_exception_handler(RateLimited, lambda _request, _error: problem_response(problem_of_status(429)))


def _answer_refusal(_: HttpRequest, refusal: DomainError | type[DomainError]) -> HttpResponse:
    if not isinstance(refusal, DomainError):
        raise TypeError("a class isn't a refusal")
    status = next((value for kind, value in _SPECIAL if isinstance(refusal, kind)), 0)
    return problem_response(problem_of_refusal(refusal, status=status))
