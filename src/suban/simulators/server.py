"""The small HTTP server under every simulator, and the faults that a test may switch on.

An application is a function from `Request` to `Answer`. `POST /control` exists in simulators only:
it takes a part of the outside world down, makes it slow, or makes it talk nonsense.
"""

import json
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

MAX_BODY: Final = 1024 * 1024
MODES: Final = frozenset({"up", "down", "slow", "malformed", "drop"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request: header names are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """Return the body as a JSON object; anything else counts as an empty one."""
        try:
            value = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back: an object as JSON, or raw bytes (a label, or nonsense on purpose)."""

    body: Mapping[str, Any] | bytes
    status: int = 200
    media_type: str = "application/json; charset=utf-8"

    def encode(self) -> bytes:
        """Return the bytes of the body."""
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body, ensure_ascii=False).encode()


class DroppedError(Exception):
    """The connection is to be closed without an answer."""


Application = Callable[[Request], Answer]


@dataclass(slots=True)
class _Fault:
    mode: str
    seconds: float
    times: int | None


class Faults:
    """Which parts are down, slow or broken at present, by name; `*` means all parts."""

    def __init__(self) -> None:
        self._faults: dict[str, _Fault] = {}
        self._lock = threading.Lock()

    def control(self, request: Request) -> Answer:
        """Answer `/control`: POST `{"target", "mode", "seconds", "times"}` sets, GET shows."""
        if request.method == "POST":
            wish = request.json()
            if wish.get("mode") not in MODES:
                return Answer(status=400, body={"message": f"mode is one of {sorted(MODES)}"})
            self.switch(
                str(wish.get("target", "*")),
                mode=str(wish["mode"]),
                seconds=float(wish.get("seconds", 5)),
                times=int(wish["times"]) if wish.get("times") is not None else None,
            )
        with self._lock:
            return Answer(body={name: fault.mode for name, fault in self._faults.items()})

    def switch(self, target: str, *, mode: str, seconds: float = 5, times: int | None = None) -> None:
        """Put `target` in `mode`, for the next `times` requests or until it is put `up` again."""
        with self._lock:
            if mode == "up":
                self._faults.pop(target, None)
                if target == "*":
                    self._faults.clear()
            else:
                self._faults[target] = _Fault(mode, seconds, times)

    def strike(self, target: str) -> Answer | None:
        """Return what the fault on `target` answers, or None when the request goes its normal way.

        :raises DroppedError: the fault is a cut line.
        """
        fault = self._take(target)
        if fault is None:
            return None
        if fault.mode == "drop":
            raise DroppedError
        if fault.mode == "slow":
            time.sleep(fault.seconds)
            return None
        if fault.mode == "malformed":
            return Answer(body=b"<html>Bad Gateway")
        return Answer(status=503, body={"code": "3001", "message": "服务暂不可用", "data": None})

    def _take(self, target: str) -> _Fault | None:
        with self._lock:
            name = target if target in self._faults else "*"
            fault = self._faults.get(name)
            if fault is not None and fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    del self._faults[name]
            return fault


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    application: Application


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > MAX_BODY:
            self.close_connection = True
            self._send(Answer(status=413, body={"message": "too large"}))
            return
        request = Request(
            method=self.command,
            path=self.path.partition("?")[0],
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
        )
        try:
            self._send(self.server.application(request))
        except DroppedError:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

    def _send(self, answer: Answer) -> None:
        content = answer.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        try:
            self.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the caller's patience ended first

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is http.server's
        """Stay silent: a request line is no news."""


def serve(application: Application, *, name: str, port: int) -> None:
    """Serve `application` on 127.0.0.1 until the process is told to end."""
    with _listen(application, port) as server:
        signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
        sys.stdout.write(f"{name} simulator: http://127.0.0.1:{server.server_address[1]}\n")
        sys.stdout.flush()
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            return


@contextmanager
def running(application: Application, *, port: int = 0) -> Iterator[str]:
    """Serve `application` in a thread for the length of a `with` block; gives its address."""
    with _listen(application, port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _listen(application: Application, port: int) -> _Server:
    server = _Server(("127.0.0.1", port), _Handler)
    server.application = application
    return server
