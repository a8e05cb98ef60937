"""Refusals of the contexts, answered in words: the net under every page.

A page that can put a refusal beside a field does so itself; what it lets through arrives here.
"""

from collections.abc import Callable, Iterator
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers

from suban.kernel.errors import ConflictError, DomainError, NotFoundError, NotPermittedError
from suban.web.ui.errors import WORDS, ErrorWords, error_page

STATUSES: Final = ((NotFoundError, 404), (NotPermittedError, 403), (ConflictError, 409))


class RefusalMiddleware:
    """Turns a DomainError into a page (or JSON for a script) that says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless its address holds what no database can take in."""
        if "\x00" in request.path or any("\x00" in value for value in _given(request)):
            return error_page(request, 400)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; anything else is a bug and goes on."""
        if not isinstance(exception, DomainError):
            return None
        answer = _answer(request, exception)
        add_never_cache_headers(answer)  # how things stand for this person, now
        return answer


def _answer(request: HttpRequest, exception: DomainError) -> HttpResponse:
    status = refusal_status(exception)
    if wants_json(request):
        return JsonResponse({"detail": exception.message, "code": exception.code}, status=status)
    words = WORDS.get(status)
    if status == 404 and words is not None:
        return error_page(request, status, ErrorWords(words.heading, exception.message, words.advice))
    return error_page(request, status, ErrorWords("这一步没有办成", exception.message, _ADVICE))


def _given(request: HttpRequest) -> Iterator[str]:
    for _, values in request.GET.lists():
        for value in values:
            yield str(value)


_ADVICE: Final = ("您已保存的内容都在，没有丢失。", "返回上一页看看最新情况，再决定怎么办。")


def refusal_status(refusal: DomainError) -> int:
    """Return the HTTP status that fits a refusal."""
    return next((status for kind, status in STATUSES if isinstance(refusal, kind)), 400)


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script of ours asks, which shows the words itself."""
    return request.headers.get("Accept", "").startswith("application/json")
