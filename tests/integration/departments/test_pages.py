"""The workbench's pages of departments' systems: who sees them, sending again, settling."""

import pytest
from django.test import Client

from suban.departments.models import InboundMessage, Push
from suban.identity.models import User


@pytest.fixture
def enter(clock):
    def sign_in(username: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=username))
        return client

    return sign_in


def test_a_contradiction_is_shown_and_settled(handed_in, enter) -> None:
    handed_in.play("contradictory")
    officer = enter("jiaotong")
    message = InboundMessage.objects.get(outcome="contradictory")
    record = f"/workbench/cases/{handed_in.number}/department"

    for page in ("/workbench/departments", "/workbench/supervision"):
        assert "1 条消息待核实" in officer.get(page).content.decode()
    assert "矛盾，没有采用" in officer.get(record).content.decode()
    assert officer.post(f"{record}/messages/{message.pk}").status_code == 302

    assert handed_in.number not in officer.get("/workbench/departments").content.decode()
    assert handed_in.number in officer.get("/workbench/departments?view=all").content.decode()
    assert "已核实" in officer.get(record).content.decode()


def test_a_failed_push_is_sent_again_by_a_press(office, enter) -> None:
    Push.objects.all().delete()
    office.department.faults.switch("pushes", mode="down")
    office.submit()
    Push.objects.update(state="failed", attempts=4, error="部门系统暂时没有接收（503）")
    office.department.faults.switch("pushes", mode="up")
    officer, push = enter("jiaotong"), Push.objects.get()
    record = f"/workbench/cases/{office.number}/department"

    assert "重新推送" in officer.get(record).content.decode()
    assert officer.post(f"{record}/pushes/{push.ref}").status_code == 302
    office.work()

    assert "已送到" in officer.get(record).content.decode()
    assert officer.get(f"{record}/pushes/{push.ref}").status_code == 405


def test_the_case_page_shows_progress_and_offers_nothing(handed_in, enter) -> None:
    page = enter("jiaotong").get(f"/workbench/cases/{handed_in.number}").content.decode()

    assert "不用您录入" in page
    assert 'class="act"' not in page


@pytest.mark.parametrize("username", ["shouli", "nanjing", "beian"])
def test_other_offices_see_nothing(handed_in, enter, username: str) -> None:
    stranger = enter(username)

    assert handed_in.number not in stranger.get("/workbench/departments?view=all").content.decode()
    assert stranger.get(f"/workbench/cases/{handed_in.number}/department").status_code == 404
    assert stranger.post(f"/workbench/cases/{handed_in.number}/department/messages/1").status_code == 404


def test_an_applicant_has_no_business_there(handed_in, enter) -> None:
    assert enter("yaoshi").get("/workbench/departments").status_code in {302, 403}
    assert Client().get("/workbench/departments").status_code == 302


def test_the_administrator_sees_the_systems(handed_in, enter) -> None:
    page = enter("guanli").get("/workbench/departments?view=all").content.decode()

    assert "jingkou-transport" in page
    assert "suban system" in page
    assert "demo-department-secret" not in page
