"""The other ends an application comes to: corrected, withdrawn, refused, filed; and two who press at once."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.clicks.applying import Applicant, apply_for_registration
from tests.journeys.clicks.office import enter_office, find_drawn_examiner
from tests.journeys.clicks.papers import Papers
from tests.journeys.clicks.town import Town, follow

pytestmark = [pytest.mark.browser, pytest.mark.journey]
PROJECT = {
    "project_name": "年产一千台示例设备生产线项目",
    "project_kind": "01",
    "site_region": "321102",
    "site": "江苏省镇江市京口区演示路 30 号",
    "industry": "通用设备制造业",
    "scale": "建筑面积 5000 平方米",
    "content": "新建厂房一栋，购置生产线两条，年产一千台示例设备。",
    "start_on": "{next_month}",
    "finish_on": "2199-12-31",
    "total_investment": "12000000.50",
    "own_capital": "5000000",
    "foreign_investment": "no",
    "policy_declaration": "true",
    "secrecy_declaration": "true",
    "truth_declaration": "true",
}


def test_a_photo_is_corrected_once_and_accepted(town: Town, papers: Papers) -> None:
    applicant = apply_for_registration(town, papers, photo=papers.red_photo)
    number = applicant.submit()
    clerk = enter_office(town, "clerk")
    clerk.open_case(number)
    clerk.ask_for_correction("photo", "底色是红色，请换成白色或蓝色底的照片。")

    applicant.open_case(number)
    expect(applicant.page.get_by_text("需要您补正")).to_be_visible()
    expect(applicant.page.get_by_text("底色是红色").first).to_be_visible()
    applicant.see("case-correction")
    applicant.page.goto(f"/me/cases/{number}/materials")
    applicant.see("materials-correction")
    follow(applicant.card("photo").get_by_role("button", name="删除").first)
    applicant.upload("photo", papers.photo)
    applicant.expect_file("photo", papers.photo)
    applicant.submit()

    clerk.open_case(number)
    expect(clerk.page.get_by_text("补正后").first).to_be_visible()
    clerk.accept()
    applicant.open_case(number)
    expect(applicant.page.locator("h1 + .status")).to_have_text(re.compile("受理|审查"))


def test_withdrawing_ends_the_case_and_a_clerk_who_presses_then_is_told(town: Town, papers: Papers) -> None:
    applicant = apply_for_registration(town, papers)
    number = applicant.submit()
    clerk = enter_office(town, "clerk")
    clerk.open_case(number)

    applicant.open_case(number)
    follow(applicant.page.get_by_role("link", name="撤回申请"))
    applicant.see("withdraw")
    applicant.press("确认撤回")
    expect(applicant.page.locator("h1 + .status")).to_have_text("已撤回")
    applicant.see("case-withdrawn")

    clerk.accept()
    expect(clerk.page.get_by_text("有了新的进展")).to_be_visible()
    town.looks.look(clerk.page, "workbench-case-told")


def test_a_refusal_gives_reasons_and_remedies(town: Town, papers: Papers) -> None:
    applicant = apply_for_registration(town, papers, width=390)
    number = applicant.submit()
    clerk = enter_office(town, "clerk")
    clerk.open_case(number)
    clerk.accept()
    examiner = find_drawn_examiner(town, number)
    examiner.open_case(number, view="mine")
    examiner.examine("体检报告的结论与登记不一致。", agrees=False)
    decider = enter_office(town, "decider")
    decider.open_case(number)
    decider.refuse("健康证明的结论是不能坚持工作，不符合“身体健康”的条件。")

    applicant.open_case(number)
    expect(applicant.page.get_by_text("健康证明的结论是不能坚持工作").first).to_be_visible()
    expect(applicant.page.get_by_role("heading", name="您可以怎么办")).to_be_visible()
    expect(applicant.page.get_by_text("镇江市人民政府").first).to_be_visible()
    applicant.see("case-refused")


def test_of_two_who_press_at_once_the_second_is_told(town: Town, papers: Papers) -> None:
    applicant = apply_for_registration(town, papers)
    number = applicant.submit()
    clerks = [enter_office(town, "clerk") for _ in range(2)]
    for clerk in clerks:
        clerk.open_case(number)
        clerk.unfold("受理")

    for clerk in clerks:
        clerk.page.get_by_role("button", name="确认受理").evaluate("button => { button.click() }")

    told = "没有办成"
    for clerk in clerks:
        expect(clerk.page.get_by_text(re.compile(f"已办理。|{told}"))).to_be_visible()
    outcomes = [clerk.page.get_by_text(told).count() for clerk in clerks]
    assert sorted(outcomes) == [0, 1]


def test_a_filing_is_complete_at_once(town: Town) -> None:
    company = Applicant(town.visit("employer", path="/account/switch"), town)
    company.page.get_by_label("镇江示例大药房有限公司").check()
    company.press("确定")
    company.search("给投资项目备案", city="镇江市")
    follow(company.page.get_by_role("link", name="企业投资项目备案").first)
    town.looks.look(company.page, "guide-filing")
    company.start()
    company.fill_form(PROJECT)
    company.page.get_by_label("只要电子证照").check()
    company.press("保存并继续")
    town.looks.look(company.page, "materials-filing")

    number = company.submit()

    company.open_case(number)
    result = company.page.get_by_role("link", name="查看和下载")
    company.wait_for(lambda: result.count() > 0, what="the certificate")
    town.looks.look(company.page, "case-filed")
    follow(result)
    answer = company.page.request.get(f"{company.page.url}/file")
    assert b"/ETSI.CAdES.detached" in answer.body()
