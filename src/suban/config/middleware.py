"""What happens around every request: it gets an id that its log lines carry, and noted reads are written."""

import re
from collections.abc import Callable
from typing import Final

import structlog
from django.http import HttpRequest, HttpResponse

from suban.foundation.services.access_log import collected_reads
from suban.kernel.references import new_id

log = structlog.get_logger()
_SANE_ID: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
Respond = Callable[[HttpRequest], HttpResponse]


def give_request_id(respond: Respond) -> Respond:
    """Bind an id to everything that is logged during a request, and tell it to the client."""

    def respond_with_id(request: HttpRequest) -> HttpResponse:
        claimed = request.headers.get("X-Request-ID", "")
        request_id = claimed if _SANE_ID.fullmatch(claimed) else new_id()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = respond(request)
            if response.status_code >= 500:
                log.error("request.failed", method=request.method, status=response.status_code)
        response["X-Request-ID"] = request_id
        return response

    return respond_with_id


def write_reads(respond: Respond) -> Respond:
    """Write the reads of personal data that were noted during a request, in one statement.

    When they can't be written the answer isn't given.
    """

    def respond_and_write(request: HttpRequest) -> HttpResponse:
        with collected_reads():
            return respond(request)

    return respond_and_write
