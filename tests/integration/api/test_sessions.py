"""Signing in as a program: tokens that prove, expire, end."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from tests.integration.api.conftest import AT, Program

from suban.demo.people import COMPANY, PASSWORD
from suban.identity.models import ApiToken, User
from suban.identity.services import revoke_token, use_token
from suban.identity.types import SYSTEM

pytestmark = pytest.mark.django_db


def _sign_in(visitor: Program, **changed: str):
    return visitor.post("/session", {"username": "yaoshi", "password": PASSWORD, **changed})


def test_a_password_becomes_a_token_that_acts(province, visitor: Program) -> None:
    answer = _sign_in(visitor)

    assert answer.status_code == 201
    assert answer.json()["actor"]["name"] == "林示例"
    me = Program(answer.json()["token"]).get("/session")
    assert me.json()["ref"] == answer.json()["actor"]["ref"]


def test_chinese_is_not_escaped(applicant: Program) -> None:
    assert "林示例".encode() in applicant.get("/session").content


def test_a_mobile_number_signs_in_too(province, visitor: Program) -> None:
    assert _sign_in(visitor, username="15400000001").status_code == 201


def test_only_a_digest_of_the_token_is_kept(province, visitor: Program) -> None:
    token = _sign_in(visitor).json()["token"]

    row = ApiToken.objects.get()
    assert row.digest.startswith("sha256:")
    assert token not in str(row.__dict__)


def test_a_wrong_password_is_a_problem_that_names_nobody(province, visitor: Program) -> None:
    wrong = _sign_in(visitor, password="not-the-password")
    unknown = _sign_in(visitor, username="nobody-here")

    assert wrong.status_code == unknown.status_code == 401
    assert wrong["Content-Type"] == "application/problem+json"
    assert wrong.json() == unknown.json()


def test_guessing_is_slowed_down_even_for_the_right_password(province, visitor: Program) -> None:
    for _ in range(5):
        _sign_in(visitor, password="not-the-password")

    answer = _sign_in(visitor)

    cache.clear()
    assert answer.status_code == 429
    assert answer.json()["code"] == "api.too_many_attempts"


def test_one_acts_for_a_company_only_with_its_mandate(province, visitor: Program) -> None:
    company = f"company:{COMPANY}"

    assert _sign_in(visitor, username="yaodian", on_behalf_of=company).status_code == 201
    assert _sign_in(visitor, on_behalf_of=company).status_code == 403


def test_without_a_token_one_is_asked_to_sign_in(province, visitor: Program) -> None:
    answer = visitor.get("/cases")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "request.not_signed_in"


def test_signing_out_ends_the_token(applicant: Program) -> None:
    assert applicant.delete("/session").status_code == 204

    assert applicant.get("/session").status_code == 401


def test_a_token_ends_after_half_a_day(applicant: Program) -> None:
    later = AT + timedelta(hours=12)

    assert use_token(token=applicant.token, at=later - timedelta(seconds=1))
    assert use_token(token=applicant.token, at=later) is None


def test_a_token_ends_with_its_password(applicant: Program) -> None:
    user = User.objects.get(username="yaoshi")
    user.set_password("another-password-1")
    user.save()

    assert applicant.get("/session").status_code == 401


def test_a_token_ends_with_its_account(applicant: Program) -> None:
    User.objects.filter(username="yaoshi").update(is_active=False)

    assert applicant.get("/session").status_code == 401


def test_the_day_of_use_is_noted_once(applicant: Program) -> None:
    for _ in range(2):
        applicant.get("/session")

    assert ApiToken.objects.get().last_used_on == AT.date()


def test_revoking_what_never_was_changes_nothing(province) -> None:
    revoke_token(token="suban_never", at=AT)

    assert use_token(token="suban_never", at=AT) is None
    assert SYSTEM.user_id is None


def test_the_session_of_the_site_works_with_its_csrf_token_only(province) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        User.objects.get(username="yaoshi"), "allauth.account.auth_backends.AuthenticationBackend"
    )
    client.get("/account/sign-out")
    token = client.cookies["csrftoken"].value

    assert client.get("/api/v1/session").status_code == 200
    refused = client.delete("/api/v1/session")
    assert refused.status_code == 403
    assert refused["Content-Type"] == "application/problem+json"
    assert client.delete("/api/v1/session", headers={"X-CSRFToken": token}).status_code == 204


def test_one_sees_the_companies_one_may_act_for(stranger: Program) -> None:
    assert [company["uscc"] for company in stranger.get("/session/companies").json()] == [COMPANY]
