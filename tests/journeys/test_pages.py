"""Every page, at the width of a phone and of a desk: axe finds nothing, nothing is wide, nothing complains.

The pages of an application are looked at in the journeys, as people reach them; here are all others.
"""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.clicks.applying import Applicant
from tests.journeys.clicks.papers import Papers
from tests.journeys.clicks.town import Town, follow

pytestmark = pytest.mark.browser

PAGES = {
    "": (
        "/",
        "/search",
        "/search?q=开药店",
        "/search?q=没有这样的事",
        "/topics",
        "/matters",
        "/matters?target=company",
        "/organs",
        "/region",
        "/track",
        "/verify",
        "/verify/1.2.3.4",
        "/accessibility",
        "/privacy",
        "/account/sign-in",
        "/account/register",
        "/account/closed",
        "/no-such-page",
    ),
    "applicant": (
        "/",
        "/me",
        "/me/cases",
        "/me/inbox",
        "/me/licences",
        "/me/confirmations",
        "/me/cases/JS3211-2026-9999999-9",
        "/account/me",
        "/account/contact",
        "/account/reads",
        "/account/password",
        "/account/switch",
        "/account/sign-out",
        "/workbench/",
    ),
    "employer": ("/me", "/me/cases", "/me/licences", "/me/confirmations"),
    "other_city": (
        "/workbench/?view=mine",
        "/workbench/?view=open",
        "/workbench/?view=soon",
        "/workbench/?view=overdue",
        "/workbench/?view=open&text=JS99",
        "/workbench/supervision",
        "/workbench/cases/JS3211-2026-9999999-9",
    ),
    "administrator": (
        "/workbench/",
        "/workbench/supervision",
        "/workbench/administration",
        "/workbench/administration?verify=1",
        "/workbench/messages",
    ),
}


@pytest.mark.parametrize("role", PAGES)
def test_axe(role: str, town: Town) -> None:
    page = town.visit(role)

    for path in PAGES[role]:
        page.goto(path)
        town.looks.look(page, f"{role or 'anybody'} {path}")


def test_axe_on_guides(town: Town) -> None:
    page = town.visit(path=f"/matters/{town.site.accounts['matter']}")
    town.looks.look(page, "guide")

    page.goto(f"{page.url}/versions")
    town.looks.look(page, "versions")
    page.goto("/organs")
    follow(page.locator("main li a").first)
    town.looks.look(page, "organ")


def test_large_print_is_no_wider_and_axe_finds_nothing(town: Town) -> None:
    page = town.visit(path="/display?mode=large&next=/")

    for path in ("/", f"/matters/{town.site.accounts['matter']}", "/account/sign-in"):
        page.goto(path)
        expect(page.locator("html")).to_have_class("large-print")
        town.looks.look(page, f"large-print {path}")


def test_a_wrong_password_and_empty_fields_are_explained(town: Town) -> None:
    page = town.visit(path="/account/sign-in")

    follow(page.get_by_role("button", name="登录", exact=True))
    town.looks.look(page, "sign-in-empty")
    expect(page.locator("#error-summary")).to_be_visible()
    page.locator("[name=login]").fill("nobody-here")
    page.locator("[name=password]").fill("not-the-password")
    follow(page.get_by_role("button", name="登录", exact=True))
    town.looks.look(page, "sign-in-wrong")
    expect(page.locator("#error-summary")).to_be_visible()


def test_mistakes_in_form_and_files_stand_where_they_were_made(town: Town, papers: Papers) -> None:
    applicant = Applicant(town.visit("applicant", width=390), town)
    applicant.page.goto(f"/matters/{town.site.accounts['matter']}")
    applicant.start()
    number = applicant.number

    applicant.page.goto(f"/me/cases/{number}/form/employer")
    applicant.answer({"employer_name": "一", "employer_uscc": "91321102MA1ABMR0X7"})
    applicant.press("保存并继续")
    expect(applicant.page.locator("#error-summary")).to_be_focused()
    expect(applicant.page.locator("#f-employer_uscc")).to_have_attribute("aria-invalid", "true")
    applicant.see("form-with-errors")
    applicant.page.goto(f"/me/cases/{number}/materials")
    applicant.see("materials-at-first")
    applicant.upload("health_proof", papers.program)
    expect(applicant.card("health_proof").locator(".field-error")).to_be_visible()
    applicant.see("materials-with-error")
    applicant.page.goto(f"/me/cases/{number}/check")
    applicant.see("check-too-early")
    applicant.page.get_by_label("以上内容由我核对").check()
    applicant.press("确认并提交")
    expect(applicant.page.locator("#error-summary")).to_be_visible()
    applicant.see("check-refused")
    applicant.open_case(number)
    applicant.see("case-draft")
    applicant.page.get_by_text("删除这份草稿").click()
    applicant.press("删除草稿")
    expect(applicant.page).to_have_url(re.compile("/me"))
