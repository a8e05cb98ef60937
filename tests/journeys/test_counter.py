"""At the window: taken in, printed, signed, receipted, then accepted; and a draft that comes and goes home."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.clicks.applying import Applicant
from tests.journeys.clicks.office import enter_office
from tests.journeys.clicks.papers import Papers
from tests.journeys.clicks.town import Town, follow

from suban.demo.people import APPLICANT

pytestmark = [pytest.mark.browser]


def test_an_old_man_without_a_telephone_is_served_at_the_window(town: Town, papers: Papers) -> None:
    clerk = town.visit("clerk", path="/workbench/counter")
    town.looks.look(clerk, "counter")
    _meet(clerk, name="钱老伯", citizen_id="329900195001010011")
    clerk = _refuse_first_then_fill(town, clerk)
    town.looks.look(clerk, "counter-case")

    for slot, paper in (("photo", papers.photo), ("health_proof", papers.health)):
        _take(clerk, slot, paper)
    for slot in ("qualification_certificate", "employer_licences", "employer_consent", "identity_proof"):
        if clerk.locator(f"#u-{slot}").count() and "缺" in clerk.locator(f"#m-{slot} .status").inner_text():
            _take(clerk, slot, papers.health)
    form = clerk.get_by_role("link", name="打印申请表").get_attribute("href")
    assert clerk.request.get(form).body().startswith(b"%PDF-")
    clerk.get_by_label("在打印的申请表上签字").check()
    clerk.get_by_label("签字件扫描").set_input_files(papers.health)
    town.looks.look(clerk, "counter-sign")
    follow(clerk.get_by_role("button", name="确认并收件"))
    expect(clerk.get_by_role("heading", name="收件凭证")).to_be_visible()
    town.looks.look(clerk, "counter-receipt")
    number = clerk.url.split("/")[-2]
    follow(clerk.get_by_role("link", name="看办件和盖章的凭证"))
    expect(clerk.get_by_text("在窗口签字确认申请表")).to_be_visible()
    officer = enter_office(town, "clerk")
    officer.open_case(number)
    officer.accept()


def test_a_draft_comes_to_the_window_and_goes_home(town: Town) -> None:
    home = Applicant(town.visit("applicant"), town)
    home.page.goto(f"/matters/{town.site.accounts['matter']}/apply")
    follow(home.page.get_by_role("button", name=re.compile("重新|开始")).first)
    number = home.number
    clerk = town.visit("clerk", path="/workbench/counter")
    clerk.get_by_label("申报号").fill(number)
    clerk.get_by_label("到场人的公民身份号码").fill(APPLICANT.citizen_id)
    follow(clerk.get_by_role("button", name="人证一致，调出办件"))
    expect(clerk.get_by_text("到场：林示例")).to_be_visible()

    home.open_case(number)
    home.see("case-at-window")
    follow(home.page.get_by_role("button", name="在网上接着办"))

    expect(home.page.get_by_text("转到网上办理")).to_be_visible()
    assert clerk.goto(clerk.url).status == 404


def _meet(clerk: Page, *, name: str, citizen_id: str) -> None:
    clerk.get_by_label("公民身份号码", exact=True).fill(citizen_id)
    clerk.get_by_label("姓名").fill(name)
    follow(clerk.get_by_role("button", name="人证一致，开始收件"))
    expect(clerk).to_have_url(re.compile("/workbench/counter/"))


def _refuse_first_then_fill(town: Town, clerk: Page) -> Page:
    Applicant(clerk, town).answer(
        {**town.site.accounts["answers"], "delivery": "pickup", "mail_address": "镇江市演示路 3 号"}
    )
    follow(clerk.get_by_role("button", name="保存并查共享数据"))
    town.looks.look(clerk, "counter-case-wrong")
    return clerk


def _take(clerk: Page, slot: str, paper: object) -> None:
    card = clerk.locator(f"#m-{slot}")
    card.locator("input[type=file]").set_input_files(paper)
    card.get_by_label("已核对原件").check()
    follow(card.get_by_role("button", name="收进来"))
