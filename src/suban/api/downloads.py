"""Sending stored files, after the gate of their case or licence let the caller through."""

from typing import Any, Final

from django.http import StreamingHttpResponse

from suban.foundation.queries.files import content_headers, get_file, read_file

# How an endpoint that answers with a file describes itself.
FILE_ANSWER: Final[dict[str, Any]] = {
    "responses": {
        200: {
            "description": "文件",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        },
    },
}


def send_file(file_id: str) -> StreamingHttpResponse:
    """Return a file as a download, never shown in place."""
    file = get_file(file_id)
    response = StreamingHttpResponse(read_file(file_id))
    for name, value in content_headers(file).items():
        response[name] = value
    response["Content-Length"] = str(file.size)
    return response
