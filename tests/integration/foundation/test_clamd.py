"""The clamd adapter against a server that speaks the real INSTREAM protocol."""

import socketserver
import threading
from collections.abc import Iterator

import pytest

from suban.foundation.adapters.clamd import ClamdScan
from suban.foundation.errors import FileInfectedError, ScannerDownError

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LIMIT = 1_000_000


class FakeClamd(socketserver.StreamRequestHandler):
    """Reads `zINSTREAM`, then length-prefixed chunks, and answers as clamd does."""

    def handle(self) -> None:
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
        if len(content) > LIMIT:
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
        elif EICAR in content:
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0")
        else:
            self.wfile.write(b"stream: OK\0")


@pytest.fixture
def clamd() -> Iterator[ClamdScan]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), FakeClamd) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield ClamdScan(f"127.0.0.1:{server.server_address[1]}")
        server.shutdown()
        thread.join()


def test_a_clean_file_is_said_to_be_clean(clamd: ClamdScan) -> None:
    assert clamd.scan([b"%PDF", b"", bytes(200_000)], name="a.pdf") == "clean"


def test_malware_is_refused_with_words_and_its_signature(clamd: ClamdScan) -> None:
    with pytest.raises(FileInfectedError, match="恶意代码") as refusal:
        clamd.scan([b"x" * 70_000, EICAR], name="a.pdf")

    assert refusal.value.fields["found"] == "Eicar-Test-Signature"


def test_an_answer_that_is_neither_is_no_clean_bill(clamd: ClamdScan) -> None:
    with pytest.raises(ScannerDownError):
        clamd.scan([bytes(LIMIT + 1)], name="a.pdf")


def test_a_scanner_that_is_down_takes_nothing_unscanned() -> None:
    with pytest.raises(ScannerDownError, match="暂时不可用"):
        ClamdScan("127.0.0.1:1").scan([b"x"], name="a.pdf")


@pytest.mark.parametrize("address", ["", "clamd", "clamd:", ":3310"])
def test_a_wrong_address_is_said_at_start(address: str) -> None:
    with pytest.raises(ValueError, match="host:port"):
        ClamdScan(address)
