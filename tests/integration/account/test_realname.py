"""Registration compares name and number with the identity register, and tells nobody what it holds."""

from contextlib import contextmanager

import pytest
from django.core.cache import cache
from tests.integration.cases.conftest import MATTER, province, registers

from suban.cases.services.drafts import start_case
from suban.exchange.ports import NoRegisterClient, register_client
from suban.exchange.queries import list_calls_about
from suban.identity.models import User
from suban.identity.queries import find_person_by_citizen_id, get_actor, get_realname_level
from suban.kernel.clock import now

__all__ = ["province", "registers"]

pytestmark = pytest.mark.django_db
NUMBER = "11010519491231002X"
PASSWORD = "a-test-password-1"
FORM = {
    "name": "测试甲",
    "citizen_id": NUMBER,
    "phone": "13900000007",
    "username": "fresh",
    "password": PASSWORD,
    "again": PASSWORD,
}
REFUSED = "没有通过核验"


class Register:
    """The identity register, holding one person."""

    def __init__(self, **changed: str) -> None:
        self.record = {
            "citizen_id": NUMBER,
            "name": "测试甲",
            "sex": "女",
            "birth_date": "1949-12-31",
            "address": "某省某市保密路 1 号",
            "status": "正常",
            **changed,
        }
        self.asked: list[dict[str, str]] = []

    def ask(self, *, resource, query, purpose, case):
        assert resource.key == "identity"
        assert purpose == "实名核验"
        self.asked.append(dict(query))
        fits = all(self.record[name] == value for name, value in query.items())
        return self.record if fits else None


@pytest.fixture(autouse=True)
def _fresh_counts(db):
    cache.clear()


@contextmanager
def registered_with(register):
    with register_client.plugged(register):
        yield register


def post(client, **changed):
    return client.post("/account/register", {**FORM, **changed})


def alert(answer) -> str:
    """The words of a refusal, without the form."""
    return str(answer.context["form"].non_field_errors())


def sign_in_as(client, username: str = "fresh") -> None:
    assert client.post("/account/sign-in", {"login": username, "password": PASSWORD}).status_code == 302


def test_whoever_registers_can_apply(province, client) -> None:
    with registered_with(Register()):
        answer = post(client)

    actor = get_actor(User.objects.get(username="fresh").pk)
    assert answer.url == "/account/sign-in"
    assert actor.realname_level == 2
    assert start_case(actor=actor, matter_code=MATTER, at=now())
    [call] = list_calls_about(actor.ref)
    assert (call.purpose, call.by) == ("实名核验", actor.ref)


@pytest.mark.parametrize(
    ("register", "given"),
    [
        pytest.param(Register(), {"name": "另一人"}, id="another name"),
        pytest.param(Register(name="另一人"), {}, id="another person's number"),
        pytest.param(Register(status="注销"), {}, id="struck off"),
        pytest.param(Register(citizen_id="329900198203150024"), {}, id="unknown number"),
    ],
)
def test_what_the_register_does_not_confirm_opens_no_account(client, register, given) -> None:
    with registered_with(register):
        answer = post(client, **given)

    page = answer.content.decode()
    assert REFUSED in alert(answer)
    assert "保密路" not in page
    assert not User.objects.filter(username="fresh").exists()
    assert find_person_by_citizen_id(NUMBER) is None


def test_a_number_that_is_taken_looks_like_one_that_does_not_fit(client) -> None:
    with registered_with(Register()):
        post(client)
        taken = post(client, username="another", phone="13900000008")
        misfit = post(client, username="third", name="另一人")

    assert alert(taken) == alert(misfit)
    assert REFUSED in alert(taken)
    assert not User.objects.filter(username="another").exists()


def test_a_malformed_detail_is_refused_before_the_register_is_asked(client) -> None:
    with registered_with(Register()) as register:
        post(client, citizen_id="110105194912310021")
        post(client, phone="123")
        post(client, username="1")

    assert register.asked == []


def test_a_number_with_spaces_and_a_small_x_is_understood(client) -> None:
    with registered_with(Register()):
        assert post(client, citizen_id="110105 19491231 002x").status_code == 302


def test_while_the_register_is_down_one_registers_and_is_proven_later(client) -> None:
    with registered_with(NoRegisterClient()):
        post(client)
        assert "重新核验" in client.get("/account/sign-in").content.decode()
        sign_in_as(client)
        assert client.get("/account/me").wsgi_request.actor.realname_level == 1
        again = client.post("/account/realname", follow=True).content.decode()
        assert "暂时查不到" in again
        assert "还没有通过实名核验" in again

    with registered_with(Register()):
        page = client.post("/account/realname", follow=True).content.decode()

    assert "实名核验已通过" in page
    assert "还没有通过实名核验" not in page
    assert get_realname_level(find_person_by_citizen_id(NUMBER)) == 2


def test_somebody_elses_number_taken_while_the_register_was_down_is_never_proven(client) -> None:
    with registered_with(NoRegisterClient()):
        post(client, name="冒名者")
    sign_in_as(client)

    with registered_with(Register()):
        page = client.post("/account/realname", follow=True).content.decode()

    assert "窗口核实" in page
    assert "测试甲" not in page
    assert get_realname_level(find_person_by_citizen_id(NUMBER)) == 1


def test_one_number_cannot_be_tried_with_many_names(client, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup_number": "3/h/key"}

    with registered_with(Register()) as register:
        statuses = [
            client.post(
                "/account/register", {**FORM, "name": f"姓名{turn}"}, REMOTE_ADDR=f"10.3.{turn}.1"
            ).status_code
            for turn in range(5)
        ]

    assert statuses == [200] * 3 + [429] * 2
    assert len(register.asked) == 3


def test_asking_again_and_again_is_slowed_down(client) -> None:
    with registered_with(NoRegisterClient()):
        post(client)
        sign_in_as(client)
        answers = [client.post("/account/realname").status_code for _ in range(6)]

    assert answers == [302] * 5 + [429]


def test_a_register_that_answers_about_somebody_else_proves_nobody(client) -> None:
    class Confused(Register):
        def ask(self, **asked):
            return {**self.record, "name": "另一人"}

    with registered_with(Confused()):
        post(client)

    assert get_realname_level(find_person_by_citizen_id(NUMBER)) == 1
