"""A backup is database and files of one moment, and comes back as it was or not at all."""

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

ON_POSTGRES = os.environ.get("SUBAN_DATABASE_URL", "").startswith("postgres")

# Takes files in, evidence beside them, and lets some go, until it is told to stop.
WRITER = """
import secrets, sys, threading
import django
django.setup()
from suban.foundation.services.evidence import append_events
from suban.foundation.services.files import discard_file, keep_file, store_file
from suban.foundation.services.transactions import transaction
from suban.foundation.types import GENESIS, NewEvent
from suban.kernel.clock import civil_day, now

stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
head, kept, n = GENESIS, [], 0
stream = "test:" + secrets.token_hex(6)
while not stop.is_set() and n < 3000:
    n += 1
    content = secrets.token_bytes(2000)
    stored = store_file(content=[b"%PDF-1.7\\n" + content + b"\\n%%EOF\\n"], name="a.pdf", subject="person:a",
                        allow=frozenset({"application/pdf"}), limit=10000, at=now())
    with transaction():
        keep_file(file_id=stored.id)
        head = append_events(stream=stream, head=head, events=[NewEvent("test.kept", {"file": stored.id})],
                             at=now(), effective_on=civil_day(now()), by="system:test", on_behalf_of="")
    kept.append(stored.id)
    if n % 3 == 0:
        with transaction():
            discard_file(file_id=kept.pop(0))
    if n == 20:
        print("ready", flush=True)
"""
READER = """
import django
django.setup()
from suban.foundation.models import File
from suban.foundation.queries.files import file_bytes
n = sum(bool(file_bytes(key)) for key in File.objects.values_list("file_id", flat=True))
print(n)
"""
SIGN = """
import django
django.setup()
from suban.foundation.services.evidence import sign_checkpoint
from suban.kernel.clock import now
sign_checkpoint(at=now())
"""


def settings(data: Path, url: str, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SUBAN_", "DJANGO_"))}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "suban.config.settings",
        "SUBAN_DATA": str(data),
        "SUBAN_DATABASE_URL": url,
        **more,
    }


def suban(env: dict[str, str], *arguments: str, code: int = 0) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "suban.config.cli", *arguments]
    ended = subprocess.run(
        command, env=env, cwd="/", capture_output=True, text=True, timeout=300, check=False
    )
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended


def python(env: dict[str, str], program: str) -> str:
    command = [sys.executable, "-c", program]
    ended = subprocess.run(
        command, env=env, cwd="/", capture_output=True, text=True, timeout=300, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


class Databases:
    """Databases of this module: on SQLite files of the data folders, named by no address."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def make(self, like: str = "") -> str:
        """Return the address of a new database: an empty one, or a copy of `like`."""
        if not ON_POSTGRES:
            return ""
        name = f"backup_{secrets.token_hex(6)}"
        template = f' TEMPLATE "{urlsplit(like).path[1:]}"' if like else ""
        self._run(f'CREATE DATABASE "{name}"{template}')
        self.made.append(name)
        return urlunsplit(urlsplit(os.environ["SUBAN_DATABASE_URL"])._replace(path=f"/{name}"))

    def drop(self) -> None:
        """Take all of them away."""
        for name in self.made:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(os.environ["SUBAN_DATABASE_URL"], autocommit=True) as server:
            server.execute(statement)


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    made = Databases()
    yield made
    made.drop()


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> dict[str, str]:
    """Return the settings of an installation with a demo's keys and nothing in it: migrating takes a while."""
    data = tmp_path_factory.mktemp("first") / "data"
    env = settings(data, databases.make(), SUBAN_DEMO="1")
    suban(env, "migrate")
    (data / "demo").mkdir()
    (data / "demo" / "accounts.json").write_text("{}")
    python(env, SIGN)
    return env


@pytest.fixture
def office(first: dict[str, str], tmp_path: Path, databases: Databases) -> dict[str, str]:
    """Return the settings of a copy of it."""
    shutil.copytree(first["SUBAN_DATA"], tmp_path / "data", ignore=shutil.ignore_patterns("static"))
    return settings(tmp_path / "data", databases.make(first["SUBAN_DATABASE_URL"]), SUBAN_DEMO="1")


@pytest.fixture(scope="module")
def saved(first: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a backup of the empty installation, taken once."""
    folder = tmp_path_factory.mktemp("saved") / "backup"
    suban(first, "backup", str(folder))
    return folder


@pytest.fixture
def backup(saved: Path, tmp_path: Path) -> Path:
    """Return a copy of it, to be damaged."""
    return Path(shutil.copytree(saved, tmp_path / "backup"))


def audit(env: dict[str, str]) -> dict[str, object]:
    report: dict[str, object] = json.loads(suban(env, "audit", "verify", "--json").stdout)
    return report


def start_writing(env: dict[str, str]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITER]
    pipe = subprocess.PIPE
    writer = subprocess.Popen(command, env=env, cwd="/", stdin=pipe, stdout=pipe, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    return writer


def test_what_is_restored_is_what_was_backed_up(
    office: dict[str, str], tmp_path: Path, databases: Databases
) -> None:
    start_writing(office).communicate()
    python(office, SIGN)
    before = audit(office)

    suban(office, "backup", str(tmp_path / "backup"))
    again = settings(tmp_path / "new", databases.make())
    told = suban(again, "restore", str(tmp_path / "backup")).stdout

    assert "证据完整" in told
    assert audit(again) == before
    assert before["checkpoints"] == 1
    assert python(again, READER) == python(office, READER)
    assert "FAIL" not in suban(again, "check").stdout


def test_a_backup_taken_while_people_work_holds_every_file_that_its_database_names(
    office: dict[str, str], tmp_path: Path, databases: Databases
) -> None:
    writer = start_writing(office)
    try:
        suban(office, "backup", str(tmp_path / "backup"))
    finally:
        writer.communicate()
    again = settings(tmp_path / "new", databases.make())

    suban(again, "restore", str(tmp_path / "backup"))

    assert int(python(again, READER)) >= 14
    assert audit(again)["passed"]
    sums = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    subprocess.run(sums, cwd=tmp_path / "backup", check=True)


def test_nothing_is_overwritten(first: dict[str, str], backup: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter").write_text("keep me")
    full = settings(tmp_path / "full", first["SUBAN_DATABASE_URL"])

    assert "不是空文件夹" in suban(first, "backup", str(tmp_path / "full"), code=1).stderr
    assert "不是空文件夹" in suban(full, "restore", str(backup), code=1).stderr
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["letter"]


@pytest.mark.postgres
def test_a_database_with_tables_is_left_alone(first: dict[str, str], backup: Path, tmp_path: Path) -> None:
    used = settings(tmp_path / "new", first["SUBAN_DATABASE_URL"])

    assert "已经有表" in suban(used, "restore", str(backup), code=1).stderr


@pytest.mark.parametrize("what", ["data/keys/node.pem", "database", "SHA256SUMS", "backup.json"])
def test_a_damaged_backup_is_refused_before_the_database_is_touched(
    backup: Path, tmp_path: Path, databases: Databases, what: str
) -> None:
    damaged = next(backup.glob(f"{what}*"))
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    again = settings(tmp_path / "new", databases.make())

    refused = suban(again, "restore", str(backup), code=1)

    assert "备份" in refused.stderr
    assert not list((tmp_path / "new").glob("suban.sqlite3*"))


def test_an_interrupted_restore_begins_anew(
    first: dict[str, str], backup: Path, tmp_path: Path, databases: Databases
) -> None:
    node = backup / "data" / "keys" / "node.pem"
    again = settings(tmp_path / "new", databases.make())
    node.rename(tmp_path / "node.pem")
    suban(again, "restore", str(backup), code=1)
    (tmp_path / "node.pem").rename(node)

    suban(again, "restore", str(backup))

    assert audit(again) == audit(first)


def test_a_file_that_is_lost_is_told_and_the_rest_is_saved(office: dict[str, str], tmp_path: Path) -> None:
    start_writing(office).communicate()
    lost = next((tmp_path / "data" / "files").glob("??/*"))
    lost.unlink()

    told = suban(office, "backup", str(tmp_path / "backup"), code=1)

    assert lost.name in told.stderr
    description = json.loads((tmp_path / "backup" / "backup.json").read_bytes())
    assert description["missing_files"] == [lost.name]
    sums = (tmp_path / "backup" / "SHA256SUMS").read_bytes()
    assert hashlib.sha256(sums).hexdigest() == description["sums"]


def test_only_its_owner_reads_a_backup(saved: Path) -> None:
    copies = [path for path in saved.rglob("*") if path.is_file()]

    assert [path for path in (saved, *copies) if path.stat().st_mode & 0o077] == []
