r"""The malware scanner clamd, spoken to over TCP with its INSTREAM command.

zINSTREAM\0, then chunks of 4 length bytes and data, then a length of zero; clamd answers
"stream: OK", "stream: <name> FOUND" or "… ERROR".
"""

import socket
from collections.abc import Iterable
from typing import Final

import structlog

from suban.foundation.errors import FileInfectedError, ScannerDownError
from suban.foundation.ports import MalwareScan

log = structlog.get_logger()
_CHUNK: Final = 64 * 1024
_REPLY: Final = 4096


class ClamdScan(MalwareScan):
    """Scans with the clamd at `address`, as host:port."""

    def __init__(self, address: str, *, timeout: float = 20.0) -> None:
        host, _, port = address.rpartition(":")
        if not host or not port.isdigit():
            raise ValueError("SUBAN_CLAMD must be host:port")
        self._address = (host.strip("[]"), int(port))
        self._timeout = timeout

    def scan(self, content: Iterable[bytes], *, name: str) -> str:
        """Return "clean".

        :raises FileInfectedError: something was found.
        :raises ScannerDownError: the scanner doesn't answer, or can't tell.
        """
        try:
            reply = self._ask(content)
        except OSError as error:
            log.error("clamd.down", error=type(error).__name__)  # noqa: TRY400
            raise _down(name) from error
        if reply.endswith("FOUND"):
            found = reply.removeprefix("stream: ").removesuffix(" FOUND")
            log.warning("clamd.found", signature=found)
            raise FileInfectedError(
                "文件中发现恶意代码，没有保存。请用杀毒软件检查后换一个文件。", name=name, found=found
            )
        if reply != "stream: OK":
            log.error("clamd.unclear", reply=reply[:100])
            raise _down(name)
        return "clean"

    def _ask(self, content: Iterable[bytes]) -> str:
        with socket.create_connection(self._address, timeout=self._timeout) as connection:
            connection.sendall(b"zINSTREAM\0")
            for piece in content:
                for start in range(0, len(piece), _CHUNK):
                    chunk = piece[start : start + _CHUNK]
                    connection.sendall(len(chunk).to_bytes(4, "big") + chunk)
            connection.sendall(bytes(4))
            return _read_reply(connection)


def _read_reply(connection: socket.socket) -> str:
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < _REPLY:
        received = connection.recv(_REPLY)
        if not received:
            break
        reply += received
    return reply.rstrip(b"\0").decode("utf-8", "replace").strip()


def _down(name: str) -> ScannerDownError:
    return ScannerDownError(
        "病毒扫描服务暂时不可用，文件没有保存。请过几分钟再传，已填写的内容不受影响。", name=name
    )
