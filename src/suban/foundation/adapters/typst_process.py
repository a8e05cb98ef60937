"""The other side of the typst adapter: a process that draws pages and can do nothing else.

Started as a plain script with an empty working folder and an empty environment. It reads jobs from
standard input (length, JSON) and answers on standard output (outcome, length, bytes) until the input ends.
"""

import json
import resource
import struct
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import typst

LIMITS = (
    (resource.RLIMIT_AS, 2 * 1024**3),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_NOFILE, 64),
)


def main() -> None:
    """Serve jobs until the parent closes the pipe."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=sys.argv[1:])
    empty = Path.cwd()
    compiler = typst.Compiler(
        b"",
        root=empty,
        font_paths=fonts,
        ignore_system_fonts=True,
        package_path=empty,
        package_cache_path=empty,
    )
    for what, most in LIMITS:
        resource.setrlimit(what, (most, most))
    while job := _read(sys.stdin.buffer):
        outcome, content = _draw(compiler, json.loads(job))
        sys.stdout.buffer.write(struct.pack("!BI", outcome, len(content)) + content)
        sys.stdout.buffer.flush()


def _read(source: BinaryIO) -> bytes:
    head = source.read(4)
    return source.read(struct.unpack("!I", head)[0]) if len(head) == 4 else b""


def _draw(compiler: Any, job: dict[str, Any]) -> tuple[int, bytes]:
    try:
        content: bytes = compiler.compile(
            input=job["source"].encode(),
            format="pdf",
            sys_inputs={"data": job["data"]},
            pdf_standards=["a-3a", "ua-1"],
            timestamp=datetime.fromtimestamp(job["timestamp"], UTC),
        )
    except typst.TypstError as error:
        return 1, "\n".join([error.message, *error.hints, *error.trace]).encode()
    return 0, content


if __name__ == "__main__":
    main()
