"""The pages that say what went wrong, in words that help, in the same look."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """What an error page says."""

    heading: str
    text: str
    advice: tuple[str, ...] = ()


WORDS: Final = MappingProxyType(
    {
        400: ErrorWords(
            "这个请求不完整",
            "页面发来的内容缺了一部分，我们没有处理，也没有改动您的任何资料。",
            ("请返回上一页，刷新后再提交一次。", "已保存的内容都在，不需要重新填写。"),
        ),
        403: ErrorWords(
            "这个页面您暂时不能查看",
            "您登录的身份没有办理这项业务的权限。",
            ("替企业办事：请先在“我的空间”切换到企业身份。", "工作人员：请联系本单位管理员开通权限。"),
        ),
        404: ErrorWords(
            "没有找到这个页面",
            "网址可能有误，内容可能已经调整，或者它不属于您登录的身份。",
            ("检查网址是否完整。", "在上方搜索您要办的事。", "查自己的办件：请到“我的空间”。"),
        ),
        405: ErrorWords("这个操作不能这样打开", "请从页面上的按钮进行操作。"),
        413: ErrorWords(
            "文件太大了",
            "您上传的内容超过了限制，我们在接收之前就停下了，没有保存。",
            ("拍照时选“标准”画质，或把 PDF 压缩后再传。", "一份材料有很多页时，可以分成几个文件上传。"),
        ),
        429: ErrorWords(
            "操作太频繁了",
            "为了保护您的账户，请稍等几分钟再试。",
        ),
        500: ErrorWords(
            "系统出了问题",
            "这是我们的问题，不是您的。您已保存的内容没有丢失。",
            ("请过几分钟再试。", "正在赶期限？请拨打 12345，工作人员会登记您的情况。"),
        ),
        503: ErrorWords(
            "系统正在维护",
            "很快就好。您已保存的内容没有丢失。",
        ),
    },
)

CSRF_WORDS: Final = ErrorWords(
    "页面打开太久，需要重新确认",
    "为了防止别人冒用您的身份提交，这次提交没有处理。",
    ("请返回上一页，刷新后再提交一次。", "如果浏览器禁用了 Cookie，请允许本站使用。"),
)


def error_page(request: HttpRequest, status: int, words: ErrorWords | None = None) -> HttpResponse:
    """Return the error page for `status`."""
    shown = words or WORDS.get(status, WORDS[500])
    context = {"heading": shown.heading, "text": shown.text, "advice": shown.advice, "code": status}
    return render(request, "ui/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what could not be read; a body over the limit is told so."""
    too_large = type(exception).__name__ in {"RequestDataTooBig", "TooManyFilesSent", "TooManyFieldsSent"}
    return error_page(request, 413 if too_large else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer who is known and may not."""
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer what doesn't exist, or isn't the asker's."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer after a bug: nothing here may need the database, the session or the request."""
    words = WORDS[500]
    context = {
        "heading": words.heading,
        "text": words.text,
        "advice": words.advice,
        "code": 500,
        # The same id stands on every log line of the request.
        "reference": structlog.contextvars.get_contextvars().get("request_id", ""),
    }
    return HttpResponse(render_to_string("ui/error_plain.html", context), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form whose token is missing or old."""
    return error_page(request, 403, CSRF_WORDS)
