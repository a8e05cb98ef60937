"""Refusals as Problem Details (RFC 9457): one shape for everything that goes wrong."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel, Field

from suban.kernel.errors import ConflictError, DomainError, NotFoundError, NotPermittedError

MEDIA_TYPE: Final = "application/problem+json"
_STATUSES: Final = ((NotFoundError, 404), (NotPermittedError, 403), (ConflictError, 409))
_TITLES: Final[Mapping[int, str]] = MappingProxyType(
    {
        400: "请求无法读取",
        401: "需要登录",
        403: "没有权限",
        404: "没有找到",
        405: "不支持这种请求方法",
        409: "与现状冲突",
        413: "内容太大",
        415: "不支持这种内容格式",
        422: "内容需要修改",
        429: "请求太频繁",
        500: "系统出了问题",
        503: "系统正在维护",
    },
)
_WORDS: Final[Mapping[int, tuple[str, str]]] = MappingProxyType(
    {
        400: ("request.unreadable", "请求的内容无法读取，请检查格式后再试。"),
        401: (
            "request.not_signed_in",
            "请先登录：POST /api/v1/session 取得令牌，再放进 Authorization: Bearer。",
        ),
        403: ("request.not_permitted", "您登录的身份没有这项权限。"),
        404: ("request.not_found", "这个地址上什么也没有，请核对接口说明。"),
        405: ("request.method_not_allowed", "这个地址不支持这种请求方法，允许的方法见 Allow 头。"),
        413: ("request.too_large", "内容超过限制，没有接收；已保存的内容不受影响。"),
        415: ("request.media_type", "请按接口说明的格式发送内容。"),
        429: ("request.too_many", "请求太频繁，请稍后再试。"),
        500: ("request.failed", "这是我们的问题，不是您的。已保存的内容没有丢失，请稍后再试。"),
        503: ("request.unavailable", "系统暂时不可用，请稍后再试。"),
    },
)


class Fault(BaseModel):
    """One thing to mend: where it is and what to do."""

    where: str = Field(description="body、query、path、header，或 field、material、form、delivery、check")
    key: str = Field(description="字段、材料或参数的名称")
    message: str


class Problem(BaseModel):
    """Problem Details (RFC 9457): `code` is stable, `detail` says in Chinese what to do."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    problems: list[Fault] = Field(default_factory=list)
    fields: dict[str, Any] = Field(default_factory=dict)


def problem_response(problem: Problem) -> HttpResponse:
    """Return a problem as it goes over the wire."""
    content = orjson.dumps(problem.model_dump(), default=str)
    response = HttpResponse(content, content_type=MEDIA_TYPE, status=problem.status)
    response["Cache-Control"] = "no-store"
    if problem.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="suban"'
    return response


def problem_of_status(status: int, *, detail: str = "", code: str = "") -> Problem:
    """Return the problem that a bare HTTP status stands for."""
    known_code, words = _WORDS.get(status, _WORDS[500 if status >= 500 else 400])
    title = _TITLES.get(status) or HTTPStatus(status).phrase
    return Problem(title=title, status=status, detail=detail or words, code=code or known_code)


def problem_of_refusal(refusal: DomainError, *, status: int = 0) -> Problem:
    """Return a refusal of a context as a problem."""
    found = status or next((value for kind, value in _STATUSES if isinstance(refusal, kind)), 422)
    fields = dict(refusal.fields)
    faults = fields.pop("problems", ())
    return Problem(
        title=_TITLES[found],
        status=found,
        detail=refusal.message,
        code=refusal.code,
        problems=list(_faults(faults)),
        fields=fields,
    )


def _faults(given: object) -> Iterable[Fault]:
    if not isinstance(given, list | tuple):
        return
    for fault in given:
        if isinstance(fault, Mapping):
            yield Fault(
                where=str(fault.get("where", "")),
                key=str(fault.get("key", "")),
                message=str(fault.get("message", "")),
            )


def problem_of_invalid(error: ValidationError) -> Problem:
    """Return what doesn't fit the schema, place by place."""
    faults = [
        Fault(
            where=str(found["loc"][0]),
            key=".".join(str(part) for part in found["loc"][2 if found["loc"][0] == "body" else 1 :]),
            message=str(found["msg"]),
        )
        for found in error.errors
    ]
    return Problem(
        title=_TITLES[422],
        status=422,
        detail=f"请求有 {len(faults)} 处不符合接口说明。",
        code="request.invalid",
        problems=faults,
    )


def problem_of_http(error: HttpError) -> Problem:
    """Return what the framework refused."""
    if isinstance(error.__cause__, RequestDataTooBig):
        return problem_of_status(413)
    return problem_of_status(error.status_code)
