"""The interface as one: its endpoints, its refusals, its description."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from allauth.core.exceptions import RateLimited
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from suban.api import cases, licences, matters, sessions
from suban.api.description import describe
from suban.api.errors import NotProvenError, TooManyAttemptsError
from suban.api.problems import (
    Problem,
    problem_of_http,
    problem_of_invalid,
    problem_of_refusal,
    problem_of_status,
    problem_response,
)
from suban.api.rendering import OrjsonParser, OrjsonRenderer
from suban.cases.errors import (
    AnswersTooLargeError,
    CorrectionTooLateError,
    DeliveryAddressMissingError,
    IncompleteApplicationError,
    MaterialRouteError,
    NotHeldError,
    ReasonsMissingError,
    SecondCorrectionError,
    SeparationOfDutiesError,
)
from suban.exchange.errors import RegisterDownError
from suban.foundation.errors import FileTooLargeError
from suban.kernel.errors import DomainError

# Refusals whose HTTP status says more than their kind does. What was sent is fine, what is kept already
# isn't (409); the rest is about what was sent (422).
_SPECIAL: Final = (
    (NotProvenError, 401),
    (TooManyAttemptsError, 429),
    (FileTooLargeError, 413),
    (AnswersTooLargeError, 413),
    (IncompleteApplicationError, 409),
    (MaterialRouteError, 409),
    (NotHeldError, 409),
    (RegisterDownError, 409),
    (SeparationOfDutiesError, 409),
    (SecondCorrectionError, 409),
    (CorrectionTooLateError, 409),
    (ReasonsMissingError, 409),
    (DeliveryAddressMissingError, 409),
)
E = TypeVar("E", bound=Exception)


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
    for router in (sessions.router, matters.router, cases.router, licences.router):
        api.add_router("", router)
    _join_refusals(api)
    return api


def _join_refusals(api: NinjaAPI) -> None:
    api.add_exception_handler(DomainError, _answer(DomainError, _problem_of_domain))
    api.add_exception_handler(ValidationError, _answer(ValidationError, problem_of_invalid))
    api.add_exception_handler(HttpError, _answer(HttpError, problem_of_http))
    api.add_exception_handler(RateLimited, _answer(RateLimited, lambda _: problem_of_status(429)))


def _answer(
    kind: type[E], make: Callable[[E], Problem]
) -> Callable[[HttpRequest, E | type[E]], HttpResponse]:
    def answer(_: HttpRequest, error: E | type[E]) -> HttpResponse:
        if not isinstance(error, kind):
            raise TypeError(f"{error} is no refusal")
        return problem_response(make(error))

    return answer


def _problem_of_domain(refusal: DomainError) -> Problem:
    status = next((value for kind, value in _SPECIAL if isinstance(refusal, kind)), 0)
    return problem_of_refusal(refusal, status=status)
