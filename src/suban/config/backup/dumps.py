"""The database's part: a copy as one transaction saw it, and an empty database filled from it.

SQLite copies itself through its backup interface; PostgreSQL is copied by its own pg_dump and pg_restore,
which must not be older than the server.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg

from suban.config.backup.copies import copy_file, open_private
from suban.config.backup.errors import DatabaseToolError, FolderNotEmptyError
from suban.config.databases import postgresql
from suban.foundation.types import EvidenceCounts


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the copied database holds, seen in the same moment as the copy."""

    counts: EvidenceCounts
    files: frozenset[str]


class Dump(Protocol):
    """How one kind of database is copied and filled."""

    @property
    def kind(self) -> str:
        """Return the name of the kind of database."""

    @property
    def file(self) -> str:
        """Return the name of the copy in the backup."""

    def take(self, target: Path) -> Snapshot:
        """Write a copy of the database to `target`.

        :raises DatabaseToolError: the program for it is missing, or failed.
        """

    def check_empty(self) -> None:
        """Make sure that a restore overwrites nothing.

        :raises FolderNotEmptyError: the database holds tables.
        """

    def fill(self, source: Path) -> None:
        """Fill the empty database from a copy, as a whole or not at all.

        :raises DatabaseToolError: the program for it is missing, or failed.
        """


@dataclass(frozen=True, slots=True)
class SqliteDump:
    """The database file of the data folder."""

    path: Path
    kind: str = "sqlite"
    file: str = "database.sqlite3"

    def take(self, target: Path) -> Snapshot:
        """Copy page by page in one step: writers go on, the copy doesn't see them."""
        if not self.path.is_file():
            raise DatabaseToolError(f"没有找到数据库 {self.path}，没有可备份的内容。")
        open_private(target).close()
        with (
            closing(sqlite3.connect(self.path, timeout=60)) as here,
            closing(sqlite3.connect(target)) as copy,
        ):
            here.backup(copy)
        with closing(sqlite3.connect(target)) as copy, closing(copy.cursor()) as cursor:
            # Out of the journal mode that keeps a second file beside the first.
            cursor.execute("PRAGMA journal_mode=DELETE")
            return _look(cursor)

    def check_empty(self) -> None:
        """Leave it to the folder: the database is a file of it."""

    def fill(self, source: Path) -> None:
        """Put the file in its place under a temporary name, then rename it."""
        fresh = self.path.with_name(self.path.name + ".part")
        copy_file(source, fresh)
        fresh.rename(self.path)


@dataclass(frozen=True, slots=True)
class PostgresDump:
    """The database that SUBAN_DATABASE_URL names."""

    url: str
    kind: str = "postgresql"
    file: str = "database.dump"

    def take(self, target: Path) -> Snapshot:
        """Let pg_dump copy the very snapshot in which the files are listed."""
        with self._connect() as connection, connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            row = cursor.fetchone()
            snapshot = str(row[0]) if row else ""
            open_private(target).close()
            self._call("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
            return _look(cursor)

    def check_empty(self) -> None:
        """Refuse a database with tables in it."""
        with self._connect() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema()")
            row = cursor.fetchone()
            if row and row[0]:
                raise FolderNotEmptyError("目标数据库里已经有表，没有恢复。请换一个空数据库。")

    def fill(self, source: Path) -> None:
        """Fill it in one transaction; owner and rights are those of whoever restores."""
        self._call(
            "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
            f"--dbname={postgresql(self.url)['NAME']}", str(source),
        )  # fmt: skip

    @contextmanager
    def _connect(self) -> Iterator["psycopg.Connection[Any]"]:
        try:
            connection = psycopg.connect(self.url, autocommit=True)
        except psycopg.OperationalError as error:
            raise DatabaseToolError(f"连不上数据库：{error}") from error
        with connection:
            yield connection

    def _call(self, program: str, *arguments: str) -> None:
        known = shutil.which(program)
        if known is None:
            raise DatabaseToolError(
                f"缺少 {program}，请安装 PostgreSQL 客户端（apt-get install postgresql-client）。"
            )
        command = [known, *arguments]
        ended = subprocess.run(  # noqa: S603 - the program is found on PATH, nothing goes through a shell
            command, env=self._environment(), capture_output=True, text=True, check=False
        )
        if ended.returncode:
            raise DatabaseToolError(f"{program} 失败：{ended.stderr.strip()[-2000:]}")

    def _environment(self) -> Mapping[str, str]:
        # By way of the environment, because everybody on the machine may read a command line.
        settings = postgresql(self.url)
        named = {
            "HOST": "PGHOST",
            "PORT": "PGPORT",
            "USER": "PGUSER",
            "PASSWORD": "PGPASSWORD",
            "NAME": "PGDATABASE",
        }
        options = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
        given = {variable: settings[name] for name, variable in named.items() if settings[name]}
        given |= {options[name]: value for name, value in settings["OPTIONS"].items() if name in options}
        return {**os.environ, **given}


def _look(cursor: Any) -> Snapshot:
    # A restore has no settings yet with which Django could be loaded; it doesn't look.
    from suban.foundation.queries.snapshots import count_evidence, list_file_keys  # noqa: PLC0415

    return Snapshot(counts=count_evidence(cursor), files=frozenset(list_file_keys(cursor)))


def choose_dump(*, data: Path, database_url: str) -> Dump:
    """Return the way for the database that the settings name."""
    return PostgresDump(database_url) if database_url else SqliteDump(data / "suban.sqlite3")
