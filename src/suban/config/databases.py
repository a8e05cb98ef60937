"""The database of an installation: SQLite to start with, PostgreSQL in production."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from suban.config.environment import Environment


def database(env: Environment) -> dict[str, Any]:
    """Return Django's description of the database that `env` names."""
    return postgresql(env.database_url) if env.database_url else sqlite(str(env.data / "suban.sqlite3"))


def sqlite(path: str) -> dict[str, Any]:
    """Return a SQLite database in `path`: one writer at a time, each commit synced to disk."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # A write transaction takes the lock at once: two that read first and write later would deadlock.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """Return the PostgreSQL database that `url` names.

    :raises ValueError: the address is of another kind.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("SUBAN_DATABASE_URL must start with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
