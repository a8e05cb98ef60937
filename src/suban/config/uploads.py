"""Refusing what is too large before reading it, and what never ends.

A WSGI layer in front of Django: a request that announces more than the one declared limit is answered 413
without its body being read; a body that trickles in slower than any real line ends after a while.
"""

import json
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any, Final, Protocol

OVERHEAD: Final = 1024 * 1024
_PATIENCE: Final = 60.0
_SLOWEST: Final = 16 * 1024  # bytes a second
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class _Input(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...

    def readline(self, size: int = -1, /) -> bytes: ...


class LimitedUploads:
    """The application behind a limit of `max_file` bytes a file, and a little for the form around it."""

    def __init__(self, application: Application, *, max_file: int) -> None:
        self._application = application
        self._max_file = max_file

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or not length.isascii():
            return self._refuse(environ, start_response, "400 Bad Request", "请求的长度不是数字。")
        if int(length) > self._max_file + OVERHEAD:
            megabytes = self._max_file // (1024 * 1024)
            words = f"文件太大：每个文件不能超过 {megabytes} MB。请压缩或拆分后再上传，已保存的内容不受影响。"
            return self._refuse(environ, start_response, "413 Content Too Large", words)
        environ["wsgi.input"] = _TimedInput(environ.get("wsgi.input") or BytesIO(), int(length))
        return self._application(environ, start_response)

    def _refuse(
        self, environ: Environ, start_response: StartResponse, status: str, words: str
    ) -> list[bytes]:
        media_type, body = _problem(status, words) if _wants_json(environ) else _page(status, words)
        headers = [
            ("Content-Type", media_type),
            ("Content-Length", str(len(body))),
            ("Connection", "close"),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'"),
        ]
        start_response(status, headers)
        return [body]


class _TimedInput:
    """A request body that has to arrive at a real line's pace."""

    def __init__(self, source: _Input, length: int) -> None:
        self._source = source
        self._until = time.monotonic() + _PATIENCE + length / _SLOWEST

    def read(self, size: int = -1) -> bytes:
        """Read on, or end a body that is too slow."""
        self._look_at_the_clock()
        return self._source.read(size)

    def readline(self, size: int = -1) -> bytes:
        """Read a line, or end a body that is too slow."""
        self._look_at_the_clock()
        return self._source.readline(size)

    def _look_at_the_clock(self) -> None:
        if time.monotonic() > self._until:
            raise TimeoutError("the request body arrives too slowly")


def _wants_json(environ: Environ) -> bool:
    path, accept = str(environ.get("PATH_INFO", "")), str(environ.get("HTTP_ACCEPT", ""))
    return path.startswith("/api/") or ("json" in accept and "html" not in accept)


def _problem(status: str, words: str) -> tuple[str, bytes]:
    problem = {
        "type": "about:blank",
        "title": status[4:],
        "status": int(status[:3]),
        "detail": words,
        "code": "request.too_large" if status.startswith("413") else "request.bad_length",
    }
    return "application/problem+json", json.dumps(problem, ensure_ascii=False).encode()


def _page(status: str, words: str) -> tuple[str, bytes]:
    page = (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{status[:3]}</title>'
        f"<main><h1>没有上传成功</h1><p>{words}</p><p>请用浏览器的“后退”返回上一页。</p></main></html>"
    )
    return "text/html; charset=utf-8", page.encode()
