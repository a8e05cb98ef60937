"""A company applies once; the department's own system handles it; the licence comes, and nobody typed anything here."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.clicks.applying import Applicant
from tests.journeys.clicks.office import enter_office
from tests.journeys.clicks.papers import Papers
from tests.journeys.clicks.town import Town, follow

pytestmark = [pytest.mark.browser, pytest.mark.journey]
BUSINESS = {
    "scope": "general",
    "vehicles": "3",
    "tonnage": "18",
    "drivers": "4",
    "vehicle_promise": "true",
}


def test_a_departments_system_handles_it_and_the_licence_comes(town: Town, papers: Papers) -> None:
    company = _fill_in(town, papers)
    number = company.submit()

    company.open_case(number)
    result = company.page.get_by_role("link", name="查看和下载")
    company.wait_for(lambda: result.count() > 0, what="the licence")
    expect(company.page.get_by_text("镇江市京口区交通运输局（演示）").first).to_be_visible()
    company.see("case-of-department")
    follow(result)
    expect(company.page.get_by_role("heading", level=1)).to_have_text("道路运输经营许可证")
    expect(company.page.get_by_text("普通货运").first).to_be_visible()

    _follow_at_the_office(town, number)


def _fill_in(town: Town, papers: Papers) -> Applicant:
    company = Applicant(town.visit("employer", path="/account/switch"), town)
    company.page.get_by_label("镇江示例大药房有限公司").check()
    company.press("确定")
    company.page.goto(f"/matters/{town.site.accounts['department_matter']}")
    company.see("guide-of-department")
    company.start()
    company.fill_form(BUSINESS)
    company.page.get_by_label("只要电子证照").check()
    company.press("保存并继续")
    company.upload("safety_rules", papers.health)
    company.expect_file("safety_rules", papers.health)
    return company


def _follow_at_the_office(town: Town, number: str) -> None:
    officer = enter_office(town, "transport_officer")
    officer.page.goto("/workbench/departments")
    town.looks.look(officer.page, "workbench-departments-calm")
    expect(officer.page.get_by_role("link", name=number)).to_have_count(0)
    officer.page.goto("/workbench/departments?view=all")
    town.looks.look(officer.page, "workbench-departments")
    follow(officer.page.get_by_role("link", name=number))
    town.looks.look(officer.page, "workbench-handled")
    expect(officer.page.get_by_text("已采用")).to_have_count(4)
    expect(officer.page.get_by_text("已送到")).to_have_count(1)
    follow(officer.page.get_by_role("link", name=number))
    expect(officer.page.get_by_text("不用您录入")).to_be_visible()
    expect(officer.page.locator(".act")).to_have_count(0)
    expect(officer.page.locator("h1 + .row .status").first).to_have_text(re.compile("已办结|已送达"))
    town.looks.look(officer.page, "workbench-case-of-department")
