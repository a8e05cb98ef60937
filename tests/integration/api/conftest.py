"""Programs that call the interface, each with the token of a demo person."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.integration.cases.conftest import AT, FakeEms, ems, province, registers

from suban.demo.loading import MATTER
from suban.demo.people import COMPANY
from suban.identity.models import User
from suban.identity.services import issue_token

__all__ = ["FakeEms", "ems", "province", "registers"]


@dataclass(frozen=True)
class Program:
    """Somebody's own system."""

    token: str

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        client = Client(raise_request_exception=False)
        told = {"HTTP_AUTHORIZATION": f"Bearer {self.token}"} if self.token else {}
        told |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        content = b"" if body is None else json.dumps(body).encode()
        return client.generic(method, f"/api/v1{path}", content, "application/json", **told)

    def get(self, path: str) -> Any:
        return self("GET", path)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self("POST", path, body, **headers)

    def put(self, path: str, body: Any = None) -> Any:
        return self("PUT", path, body)

    def delete(self, path: str) -> Any:
        return self("DELETE", path)

    def upload(self, path: str, file: Any) -> Any:
        client = Client(raise_request_exception=False)
        return client.post(f"/api/v1{path}", {"file": file}, HTTP_AUTHORIZATION=f"Bearer {self.token}")

    def start(self, key: str = "key-00000001", matter: str = MATTER) -> Any:
        return self.post("/cases", {"matter_code": matter}, idempotency_key=key)


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture
def program_of(province: None) -> Callable[..., Program]:
    """Return who makes a program for a demo account."""

    def make(username: str, on_behalf_of: str = "") -> Program:
        user = User.objects.get(username=username)
        return Program(issue_token(user_id=user.pk, on_behalf_of=on_behalf_of, at=AT).token)

    return make


@pytest.fixture
def applicant(program_of: Callable[..., Program]) -> Program:
    return program_of("yaoshi")


@pytest.fixture
def stranger(program_of: Callable[..., Program]) -> Program:
    """Another person, who has nothing to do with the applicant's case."""
    return program_of("yaodian")


@pytest.fixture
def employer(program_of: Callable[..., Program]) -> Program:
    return program_of("yaodian", f"company:{COMPANY}")


@pytest.fixture
def number(applicant: Program) -> str:
    """The number of the applicant's draft."""
    return str(applicant.start().json()["number"])


@pytest.fixture
def visitor() -> Program:
    return Program("")
