"""Bodies that are too large are refused by their declared length, before anything is read."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from suban.web.ui.errors import WORDS, error_page
from suban.web.ui.refusals import wants_json

# Beside the file a form posts its fields and the boundaries of the parts.
ALLOWANCE: Final = 256 * 1024


class BodyLimitMiddleware:
    """Stands before everything that reads a body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse a body over the one size limit; pass anything else on."""
        declared = request.META.get("CONTENT_LENGTH") or "0"
        length = int(declared) if declared.isdecimal() else 0
        if length > settings.SUBAN.max_upload_bytes + ALLOWANCE:
            answer = self._refuse(request)
            answer["Connection"] = "close"
            return answer
        return self.get_response(request)

    def _refuse(self, request: HttpRequest) -> HttpResponse:
        if wants_json(request):
            return JsonResponse({"detail": WORDS[413].text, "code": "body.too_large"}, status=413)
        return error_page(request, 413)
