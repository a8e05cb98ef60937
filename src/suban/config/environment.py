"""The settings of an installation: typed, from the environment, checked at start.

Every setting is an environment variable with the prefix `SUBAN_` (and `PORT`). In demo mode the
secrets are made once and kept in the data folder; anywhere else a missing secret stops the start.
"""

import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final, Self

from pydantic import AliasChoices, Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

GATEWAYS: Final = ("sms", "registers", "carrier")


class Place(BaseSettings):
    """Where the data lies: all that a restore may ask for, before keys and secrets are back."""

    model_config = SettingsConfigDict(env_prefix="SUBAN_", env_file=".env", extra="ignore")

    data: Path = Field(default=Path("var"), description="folder of database, files and keys")
    database_url: str = Field(default="", description="postgresql://…; empty: SQLite in the data folder")

    @model_validator(mode="after")
    def _make_absolute(self) -> Self:
        self.data = self.data.absolute()
        return self


class Environment(Place):
    """What an operator may set; see .env.example."""

    demo: bool = Field(default=False, description="demo mode: made-up data, known passwords, simulators")
    port: int = Field(
        default=8000,
        ge=1,
        le=65535,
        validation_alias=AliasChoices("PORT", "SUBAN_PORT"),
        description="port of the site on 127.0.0.1",
    )
    host: str = Field(default="127.0.0.1", description="address to listen on")
    public_url: str = Field(default="", description="address under which people reach the site")
    allowed_hosts: list[str] = Field(
        default=["127.0.0.1", "localhost", "[::1]"],
        description="host names that the site answers to, as JSON",
    )
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=5,
        description="how many proxies of ours stand in front (nginx: 1); 0: X-Forwarded-For isn't believed",
    )
    secret_key: str = Field(default="", description="Django's secret key")
    master_key: str = Field(default="", description="64 hex digits; wraps every data key")
    debug: bool = Field(default=False, description="show details of errors; never where people are served")
    max_upload_bytes: int = Field(
        default=20 * 1024 * 1024, ge=1024, description="the one size limit of a file"
    )
    clamd: str = Field(default="", description="host:port of clamd; empty: no scan, said on the file")
    smtp_url: str = Field(default="", description="smtp://user:password@host:port; empty: kept in the ledger")
    sms_url: str = Field(default="", description="address of the SMS gateway")
    sms_secret: str = Field(default="", description="secret shared with the SMS gateway")
    registers_url: str = Field(default="", description="address of the data exchange platform")
    registers_id: str = Field(default="suban", description="our name on the data exchange platform")
    registers_secret: str = Field(default="", description="secret shared with the data exchange platform")
    carrier_url: str = Field(default="", description="address of the carrier's (EMS) interface")
    carrier_secret: str = Field(default="", description="secret shared with the carrier")
    department_url: str = Field(
        default="",
        description="demo only: address of the simulated department system",
    )
    department_secret: str = Field(
        default="", description="demo only: secret shared with the simulated department system"
    )
    question_reply_days: int = Field(
        default=3, ge=1, le=30, description="working days in which a window answers a question"
    )
    questions_a_day: int = Field(default=10, ge=1, description="questions that one party may ask in a day")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if "demo" not in self.model_fields_set:
            # A folder that holds the demo is a demo: its commands need no setting besides.
            self.demo = (self.data / "demo" / "accounts.json").exists()
        if not self.public_url:
            self.public_url = f"http://{self.host}:{self.port}"
        for name, size in (("secret_key", 32), ("master_key", 32)):
            if not getattr(self, name):
                setattr(self, name, self._kept_secret(name, size))
        if len(bytes.fromhex(self.master_key)) != 32:
            raise ValueError("SUBAN_MASTER_KEY must be 64 hex digits")
        return self

    @model_validator(mode="after")
    def _share_secrets(self) -> Self:
        # An empty secret signs and accepts what anybody else could sign; in a demo the supervisor gives one.
        for name in GATEWAYS:
            if not self.demo and getattr(self, f"{name}_url") and not getattr(self, f"{name}_secret"):
                raise ValueError(f"SUBAN_{name.upper()}_URL is set, but SUBAN_{name.upper()}_SECRET is not")
        return self

    def _kept_secret(self, name: str, size: int) -> str:
        if not self.demo:
            raise ValueError(f"SUBAN_{name.upper()} is not set; only demo mode makes its own")
        kept = self.data / "keys" / name
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = kept.with_name(f"{name}.{secrets.token_hex(4)}")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_hex(size))
            with suppress(FileExistsError):  # web and worker may start at once; the first one wins
                kept.hardlink_to(fresh)
            fresh.unlink()
        return kept.read_text().strip()


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the settings, read once.

    :raises pydantic.ValidationError: a setting is missing or wrong; the message names it.
    """
    return Environment()
