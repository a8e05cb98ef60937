"""Whatever goes wrong, the answer is a Problem."""

import pytest
from django.test import Client
from tests.integration.api.conftest import Program

from suban.api import sessions

pytestmark = pytest.mark.django_db


def _check(answer, status: int, code: str) -> None:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["code"] == code
    assert problem["title"]
    assert problem["detail"]


def test_an_address_that_is_not_there(visitor: Program) -> None:
    _check(visitor.get("/nothing/here"), 404, "request.not_found")


def test_a_method_that_is_not_there(visitor: Program) -> None:
    answer = visitor("PATCH", "/matters")

    _check(answer, 405, "request.method_not_allowed")
    assert "GET" in answer["Allow"]


def test_a_body_that_is_no_json(applicant: Program) -> None:
    answer = Client().post(
        "/api/v1/cases",
        b"{",
        "application/json",
        HTTP_AUTHORIZATION=f"Bearer {applicant.token}",
        HTTP_IDEMPOTENCY_KEY="key-00000001",
    )

    _check(answer, 400, "request.unreadable")


def test_a_parameter_out_of_range_is_named(visitor: Program) -> None:
    answer = visitor.get("/matters?limit=1000")

    _check(answer, 422, "request.invalid")
    assert answer.json()["problems"][0]["key"] == "limit"


def test_a_bug_shows_nothing_of_itself(applicant: Program, monkeypatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(sessions, "list_companies_of", broken)

    answer = applicant.get("/session/companies")

    _check(answer, 500, "request.failed")
    assert "secret" not in answer.content.decode()


def test_pages_keep_their_own_errors(client) -> None:
    assert client.get("/nothing/here")["Content-Type"].startswith("text/html")
