"""Own details, acting for a company, who looked, registration."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from suban.identity import queries, services
from suban.identity.types import SYSTEM, Role
from suban.kernel.clock import now
from suban.web.account import urls
from suban.web.account.gates import permission_of, public_page, staff_required
from suban.web.account.requests import ACTING_FOR, find_actor

pytestmark = pytest.mark.django_db
PASSWORD = "a-test-password-1"


def test_own_details_are_shown_masked(person, client, sign_in):
    sign_in()

    page = client.get("/account/me").content.decode()

    assert "测**" in page
    assert "3299************24" in page
    assert "138****0001" in page
    assert "329900198203150024" not in page


@pytest.mark.parametrize("path", ["me", "switch", "reads", "contact", "password"])
def test_visitors_are_sent_to_sign_in_and_back(db, client, path):
    answer = client.get(f"/account/{path}")

    assert answer.status_code == 302
    assert answer.url == f"/account/sign-in?next=/account/{path}"


@pytest.mark.parametrize("path", ["me", "switch", "reads", "contact"])
def test_staff_have_no_applicant_pages(clerk, client, sign_in, path):
    sign_in("clerk")

    assert client.get(f"/account/{path}").status_code == 403
    assert client.get("/account/password").status_code == 200


def test_one_acts_for_a_company_and_back_again(company, client, sign_in):
    sign_in()
    assert "演示药房有限公司" in client.get("/account/switch").content.decode()

    assert client.post("/account/switch", {"party": company, "next": "/account/me"}).url == "/account/me"
    assert client.get("/account/me").wsgi_request.actor.party == company

    client.post("/account/switch", {"party": ""})
    assert client.get("/account/me").wsgi_request.actor.on_behalf_of == ""


@pytest.mark.parametrize("party", ["company:91320000000000000X", "organ:x", "staff:1", "x"])
def test_acting_for_somebody_else_is_refused(company, client, sign_in, party):
    sign_in()

    assert client.post("/account/switch", {"party": party}).status_code == 403
    assert ACTING_FOR not in client.session


def test_another_persons_company_is_refused(company, client):
    ref = services.register_person(
        name="另一人", citizen_id="11010519491231002X", phone="13900000002", at=now()
    )
    services.create_login(username="other", password=PASSWORD, person=ref, at=now())
    client.post("/account/sign-in", {"login": "other", "password": PASSWORD})

    assert client.post("/account/switch", {"party": company}).status_code == 403
    assert "演示药房有限公司" not in client.get("/account/switch").content.decode()


def test_nothing_is_done_in_ones_own_name_when_the_mandate_ended(company, person, client, sign_in):
    sign_in()
    client.post("/account/switch", {"party": company})
    services.end_company_member(company=company, person=person, at=now())

    answer = client.post("/account/contact", {"phone": "13900000009"})

    assert answer.url == "/account/switch"
    assert queries.find_username_by_phone("13900000009") is None
    assert "现已切换为以本人身份办理" in client.get("/account/switch").content.decode()


def test_a_session_that_names_a_strange_company_reads_as_oneself(company, person, client, sign_in):
    sign_in()
    session = client.session
    session[ACTING_FOR] = "company:91320000000000000X"
    session.save()

    answer = client.get("/account/me")

    assert answer.status_code == 200
    assert answer.wsgi_request.actor.party == person


def test_who_looked_is_shown_in_words(person, clerk, client, sign_in, django_user_model):
    officer = queries.get_actor(django_user_model.objects.get(username="clerk").pk)
    queries.read_person(person=person, by=officer, purpose="审查申请材料", case="case:X-1", at=now())
    queries.get_notice_address(person, at=now())
    sign_in()
    client.get("/account/me")

    page = client.get("/account/reads").content.decode()

    for words in ("演示市食药监局 演示员", "审查申请材料", "X-1", "本人", "速办系统", "公民身份号码"):
        assert words in page


def test_the_log_of_looks_is_paged(person, client, sign_in):
    for number in range(51):
        queries.read_person(person=person, by=SYSTEM, purpose=f"目的{number:02d}", at=now())
    sign_in()

    first = client.get("/account/reads")
    assert "目的50" in first.content.decode()
    assert "目的00" not in first.content.decode()

    links = first.context["pages"]
    assert "目的00" in client.get(f"/account/reads{links.next}").content.decode()
    assert client.get("/account/reads?before=x").status_code == 200


def test_contact_details_are_changed_or_mended(person, client, sign_in):
    sign_in()

    wrong = client.post("/account/contact", {"phone": "123", "email": "", "address": "某路"})
    assert "11 位数字" in wrong.content.decode()
    assert "某路" in wrong.content.decode()

    right = client.post("/account/contact", {"phone": "13900000009", "email": "", "address": "某路"})
    assert right.url == "/account/me"
    assert queries.find_username_by_phone("13900000009") == "someone"


REGISTRATION = {
    "name": "测试人",
    "citizen_id": "329900198203150024",
    "phone": "13800000001",
    "username": "fresh",
    "password": PASSWORD,
    "again": PASSWORD,
}


def test_a_person_registers_and_signs_in(db, client, sign_in):
    assert client.get("/account/register").status_code == 200

    assert client.post("/account/register", REGISTRATION).url == "/account/sign-in"

    assert sign_in("fresh").status_code == 302
    assert client.get("/account/me").wsgi_request.actor.realname_level == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("citizen_id", "329900198203150025", "校验"),
        ("phone", "123", "11 位"),
        ("username", "13800000001", "字母开头"),
        ("again", "something-else-3", "不一致"),
        ("password", "12345", "密码"),
    ],
)
def test_registration_says_what_to_mend_and_keeps_the_rest(db, client, field, value, words):
    page = client.post("/account/register", {**REGISTRATION, field: value}).content.decode()

    assert words in page
    assert 'value="测试人"' in page
    assert PASSWORD not in page


def test_a_number_registers_once(person, client):
    page = client.post("/account/register", REGISTRATION).content.decode()

    assert "没有通过核验" in page
    assert "已注册" not in page


def test_every_account_page_names_its_permission():
    views = {pattern.name: permission_of(pattern.callback) for pattern in urls.urlpatterns}

    assert None not in views.values()
    assert {name for name, permission in views.items() if permission == "public"} == {
        "sign_in",
        "sign_out",
        "closed",
        "register",
    }


def test_gates_name_roles_and_open_for_them_only(clerk, person, client, sign_in):
    @staff_required(Role.CLERK, Role.DECIDER)
    def desk(request):
        return HttpResponse(request.actor.ref)

    @staff_required(Role.DECIDER)
    def decisions(request):
        return request.actor

    @staff_required()
    def any_staff(request):
        return HttpResponse(request.actor.ref)

    request = RequestFactory().get("/")
    sign_in("clerk")
    request.actor = client.get("/account/password").wsgi_request.actor

    assert permission_of(desk) == "staff:clerk,decider"
    assert permission_of(any_staff) == "staff"
    assert desk(request).content.decode() == clerk
    assert any_staff(request).content.decode() == clerk
    with pytest.raises(PermissionDenied):
        decisions(request)
    assert find_actor(request).is_staff


def test_a_forgotten_permission_is_seen():
    def view(request): ...

    assert permission_of(view) is None
    assert permission_of(public_page(view)) == "public"


def test_too_many_registrations_are_slowed_down(db, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "2/m/ip"}

    answers = [client.post("/account/register").status_code for _ in range(4)]

    assert answers[-1] == 429
