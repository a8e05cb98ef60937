"""Stored files on their way out: streamed, never run, never cached."""

from django.http import StreamingHttpResponse

from suban.foundation.queries.files import content_headers, get_file, read_file


def serve_file(file_id: str, *, inline: bool) -> StreamingHttpResponse:
    """Answer with a file that the asker may have; the caller has checked that."""
    file = get_file(file_id)
    headers = {**content_headers(file, inline=inline), "Content-Length": str(file.size)}
    return StreamingHttpResponse(read_file(file_id), headers=headers)
