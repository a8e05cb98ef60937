"""JSON in and out with orjson: fast, and Chinese stays Chinese."""

from typing import Any, ClassVar

import orjson
from django.http import HttpRequest
from ninja.parser import Parser
from ninja.renderers import BaseRenderer


class OrjsonRenderer(BaseRenderer):
    """Writes answers."""

    media_type: ClassVar[str] = "application/json"  # type: ignore[misc]

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002
        """Return `data` as JSON; instants in UTC end in Z."""
        return orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


class OrjsonParser(Parser):
    """Reads bodies; what isn't strict JSON in UTF-8 is refused."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body of a request."""
        return orjson.loads(request.body)
