"""Signing in and out: throttled, silent about who exists, with a fresh session."""

import pytest
from allauth.core.ratelimit import consume
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client

from suban.identity import services
from suban.identity.types import SYSTEM
from suban.kernel.clock import now

pytestmark = pytest.mark.django_db
PASSWORD = "a-test-password-1"
WRONG = "用户名（手机号）或密码不正确"
WAIT = "登录失败次数过多"


def is_signed_in(client) -> bool:
    return SESSION_KEY in client.session


@pytest.mark.parametrize("login", ["someone", "SomeOne ", "13800000001", "138 0000 0001"])
def test_a_name_or_a_phone_signs_in(person, client, sign_in, login):
    answer = sign_in(login)

    assert answer.status_code == 302
    assert is_signed_in(client)
    assert client.get("/account/me").status_code == 200


def test_the_session_is_a_new_one_after_sign_in(person, client, sign_in):
    client.get("/account/sign-in")
    session = client.session
    session["kept"] = "before"
    session.save()
    client.cookies["sessionid"] = session.session_key
    before = session.session_key

    sign_in()

    assert client.session.session_key != before


def test_a_wrong_password_and_an_unknown_name_get_the_same_words(person, client, sign_in):
    wrong, unknown = sign_in(password="not-this-one"), sign_in("nobody", "not-this-one")

    assert WRONG in wrong.content.decode()
    assert WRONG in unknown.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize("login", ["someone", "13800000001", "nobody"])
def test_after_five_failures_even_the_right_password_waits(person, client, sign_in, login):
    for _ in range(5):
        assert WRONG in sign_in(login, "not-this-one").content.decode()

    answer = sign_in(login)

    assert WAIT in answer.content.decode()
    assert not is_signed_in(client)


def test_phone_and_name_share_one_count(person, sign_in):
    for login in ("someone", "13800000001", "someone", "13800000001", "someone"):
        sign_in(login, "not-this-one")

    assert WAIT in sign_in("13800000001").content.decode()


def test_success_does_not_count_as_failure(person, client, sign_in):
    for _ in range(7):
        assert sign_in().status_code == 302
        client.post("/account/sign-out")


def test_the_count_is_shared_between_processes(person, sign_in):
    sign_in(password="not-this-one")

    assert type(cache._connections["default"]).__name__ == "DatabaseCache"


def test_a_closed_account_is_told_so_only_with_its_password(person, client, sign_in):
    services.close_account(username="someone", by=SYSTEM, at=now())

    assert WRONG in sign_in(password="not-this-one").content.decode()
    assert sign_in().url == "/account/closed"
    assert not is_signed_in(client)
    assert client.get("/account/closed").status_code == 403


def test_closing_an_account_ends_its_session(person, client, sign_in):
    sign_in()
    services.close_account(username="someone", by=SYSTEM, at=now())

    assert client.get("/account/me").url.startswith("/account/sign-in")


@pytest.mark.parametrize(
    ("target", "expected"), [("/account/reads", "/account/reads"), ("https://evil.example/", "/account/")]
)
def test_sign_in_leads_on_within_this_site_only(person, sign_in, target, expected):
    answer = sign_in(next=target)

    assert "evil" not in answer.url
    assert answer.url.startswith(expected[:1])
    assert answer.url == expected or target.startswith("https")


def test_signing_out_takes_a_post(person, client, sign_in):
    sign_in()

    assert client.get("/account/sign-out").status_code == 200
    assert is_signed_in(client)
    assert client.post("/account/sign-out").status_code == 302
    assert not is_signed_in(client)


def test_passwords_are_kept_as_argon2(person, django_user_model):
    assert django_user_model.objects.get().password.startswith("argon2$argon2id$")


def test_posting_without_the_token_is_refused(person):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/account/sign-in", {"login": "someone", "password": PASSWORD}).status_code == 403


def test_a_changed_password_ends_other_sessions(person, client, sign_in):
    other = Client()
    other.post("/account/sign-in", {"login": "someone", "password": PASSWORD})
    sign_in()
    fresh = "another-password-2"

    answer = client.post(
        "/account/password", {"old_password": PASSWORD, "new_password1": fresh, "new_password2": fresh}
    )

    assert answer.status_code == 302
    assert client.get("/account/me").status_code == 200
    assert other.get("/account/me").status_code == 302


@pytest.mark.parametrize("weak", ["short1", "12345678901", "password123"])
def test_weak_passwords_are_refused(person, client, sign_in, weak):
    sign_in()

    answer = client.post(
        "/account/password", {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    )

    assert answer.status_code == 200
    assert "还有" in answer.content.decode()


def test_behind_our_proxy_each_person_has_a_throttle_of_their_own(settings, rf):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    cache.clear()

    def may_try(address):
        asked = rf.post("/account/sign-in", headers={"x-forwarded-for": address}, REMOTE_ADDR="127.0.0.1")
        return bool(consume(asked, action="login"))

    assert may_try("198.51.100.7")
    assert not may_try("203.0.113.9, 198.51.100.7")  # what a person writes in front changes nothing
    assert may_try("198.51.100.8")


def test_without_a_proxy_the_header_is_not_believed(settings, rf):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    cache.clear()

    tries = [
        bool(consume(rf.post("/account/sign-in", headers={"x-forwarded-for": address}), action="login"))
        for address in ("198.51.100.7", "198.51.100.8")
    ]

    assert tries == [True, False]
