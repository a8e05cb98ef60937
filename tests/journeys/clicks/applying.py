"""What applicants and their employers click."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, expect
from tests.journeys.clicks.looks import Looks
from tests.journeys.clicks.papers import Papers
from tests.journeys.clicks.town import Town, follow

from suban.kernel.clock import civil_day, now

PATIENCE: Final = 60.0
NUMBER: Final = re.compile(r"/me/cases/([^/]+)")


@dataclass(slots=True)
class Applicant:
    """Somebody with an application, at their browser."""

    page: Page
    town: Town
    scripts: bool = True

    @property
    def looks(self) -> Looks:
        """Return who looks at the pages."""
        return self.town.looks

    @property
    def number(self) -> str:
        """Return the number of the case that is open."""
        found = NUMBER.search(self.page.url)
        assert found, self.page.url
        return found[1]

    def search(self, words: str, *, city: str) -> None:
        """Choose the city, and say on the home page what is wanted."""
        self.page.goto("/")
        self.see("home")
        follow(self.page.locator(".region-link"))
        self.see("region")
        follow(self.page.get_by_role("region", name=city).get_by_role("link", name="全市"))
        search = self.page.locator("main").get_by_role("search")
        search.get_by_role("searchbox").fill(words)
        follow(search.get_by_role("button", name="搜索"))

    def start(self) -> None:
        """Press 在线办理 on the guide, and after the notes begin."""
        follow(self.page.get_by_role("link", name="在线办理").locator("visible=true").first)
        if "/account/sign-in" in self.page.url:
            self.town.sign_in(self.page, "applicant")
        self.see("apply")
        self.press("我知道了，开始填写")

    def fill_form(self, answers: Mapping[str, Any]) -> None:
        """Answer page by page until the way of delivery is asked."""
        while not self.page.url.endswith("/form/delivery"):
            self.see(f"form-{self.page.url.rsplit('/', 1)[1]}")
            self.answer(answers)
            before = self.page.url
            self.press("保存并继续")
            assert self.page.url != before, self.page.locator("#error-summary").inner_text()

    def answer(self, answers: Mapping[str, Any]) -> None:
        """Answer what this page asks and `answers` know."""
        for name, value in answers.items():
            words = _made(str(value))
            for field in self.page.locator(f"main [name='{name}']").all()[:1]:
                if field.get_attribute("type") in {"radio", "checkbox"}:
                    self.page.locator(f"main [name='{name}'][value='{words}']").check()
                elif field.evaluate("e => e.tagName") == "SELECT":
                    field.select_option(words)
                elif field.is_editable():
                    field.fill(words)

    def choose_post(self, address: str) -> None:
        """Have the paper sent to `address`."""
        self.page.get_by_label("另寄纸质的到家").check()
        self.page.get_by_label("收件地址").fill(address)
        self.see("form-delivery")
        self.press("保存并继续")

    def upload(self, slot: str, path: Path) -> None:
        """Give a file for a material; what the page then says stays to be looked at."""
        card = self.card(slot)
        if not self.scripts:
            card.locator("input[type=file]").set_input_files(path)
            follow(card.get_by_role("button", name="上传"))
            return
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            card.locator("input[type=file]").set_input_files(path)

    def expect_file(self, slot: str, path: Path) -> None:
        """Wait until the site shows the file among what was given."""
        expect(self.card(slot).locator(".file-name", has_text=path.name)).to_be_visible()

    def card(self, slot: str) -> Any:
        """Return the card of a material."""
        return self.page.locator(f"#m-{slot}")

    def give_materials(self, papers: Papers, *, photo: Path) -> None:
        """See what is held, upload the other two and ask the employer."""
        for held in ("qualification_certificate", "identity_proof", "employer_licences"):
            expect(self.card(held)).to_have_class(re.compile("file-card-held"))
        self.see("materials")
        self.upload("photo", photo)
        self.expect_file("photo", photo)
        self.upload("health_proof", papers.health)
        self.expect_file("health_proof", papers.health)
        follow(self.card("employer_consent").get_by_role("button", name="请单位在线确认"))

    def submit(self) -> str:
        """Confirm the form and hand it in; returns the number on the receipt."""
        self.page.goto(f"/me/cases/{self.number}/check")
        self.see("check")
        self.page.get_by_label("以上内容由我核对").check()
        self.press("确认并提交")
        expect(self.page).to_have_url(re.compile("/receipt$"))
        self.see("receipt")
        expect(self.page.get_by_role("heading", name="已提交")).to_be_visible()
        return self.number

    def open_case(self, number: str) -> None:
        """Open the page of the case."""
        self.page.goto(f"/me/cases/{number}")

    def wait_for(self, done: Callable[[], bool], *, what: str) -> None:
        """Look again until the worker and the carrier have done their part."""
        until = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < until, f"{what}: not in {PATIENCE} s, {self.page.url}"
            self.page.wait_for_timeout(300)
            self.page.reload()

    def press(self, name: str) -> None:
        """Press a button."""
        follow(self.page.get_by_role("button", name=name, exact=True))

    def see(self, name: str) -> None:
        """Have the page looked at; without scripts axe can't."""
        if self.scripts:
            self.looks.look(self.page, name)


def confirm_for_company(town: Town, *, scripts: bool = True) -> None:
    """Let the employer switch to the company and confirm what waits there."""
    page = town.visit("employer", scripts=scripts, path="/account/switch")
    if scripts:
        town.looks.look(page, "switch")
    page.get_by_label("镇江示例大药房有限公司").check()
    follow(page.get_by_role("button", name="确定"))
    page.goto("/me/confirmations")
    if scripts:
        town.looks.look(page, "confirmations")
    follow(page.locator(".card-link", has=page.get_by_text("待您确认")).first.get_by_role("link"))
    if scripts:
        town.looks.look(page, "confirmation")
    page.get_by_role("button", name="情况属实，确认").click()
    expect(page.get_by_text("已确认").first).to_be_visible()
    page.context.close()


def apply_for_registration(
    town: Town, papers: Papers, *, width: int = 1440, photo: Path | None = None
) -> Applicant:
    """Walk the whole path of the registration; returns the applicant before the last step."""
    applicant = Applicant(town.visit("applicant", width=width), town)
    applicant.page.goto(f"/matters/{town.site.accounts['matter']}")
    applicant.start()
    applicant.fill_form(town.site.accounts["answers"])
    applicant.choose_post("江苏省镇江市京口区演示路 18 号 2 幢 301 室")
    applicant.give_materials(papers, photo=photo or papers.photo)
    confirm_for_company(town)
    return applicant


def _made(value: str) -> str:
    day = civil_day(now())
    return value.replace("{yesterday}", (day - timedelta(days=1)).isoformat()).replace(
        "{next_month}", (day + timedelta(days=30)).isoformat()
    )
