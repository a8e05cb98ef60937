"""From the sentence in the search field to the paper at the door: the whole journey, by clicks."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.clicks.applying import Applicant, confirm_for_company
from tests.journeys.clicks.office import enter_office, find_drawn_examiner
from tests.journeys.clicks.papers import Papers
from tests.journeys.clicks.town import Town, follow

pytestmark = [pytest.mark.browser, pytest.mark.journey]
ADDRESS = "江苏省镇江市京口区演示路 18 号 2 幢 301 室"


def test_journey_by_clicks(town: Town, papers: Papers, disk: Path) -> None:
    applicant = Applicant(town.visit(), town)

    number = _apply(applicant, papers)
    _handle(town, number)
    licence = _collect_licence(applicant, number, disk)
    _dispatch(town, number)
    applicant.open_case(number)
    applicant.wait_for(
        lambda: applicant.page.locator("h1 + .status").inner_text() in {"已送达", "已办结"}, what="served"
    )
    applicant.see("case-served")

    assert _pdfsig(licence) == {"Signature is Valid.", "Total document signed"}
    _verify(town, applicant)


def test_applicant_path_without_javascript(town: Town, papers: Papers) -> None:
    applicant = Applicant(town.visit(scripts=False, width=390), town, scripts=False)

    number = _apply(applicant, papers)

    follow(applicant.page.get_by_role("link", name="看办理进度"))
    expect(applicant.page.get_by_role("heading", name="期限")).to_be_visible()
    assert number in applicant.page.url


def _apply(applicant: Applicant, papers: Papers) -> str:
    """Search, read, sign in, answer, give, confirm and hand in."""
    applicant.search("我考了药师证想去药店上班", city="镇江市")
    applicant.see("search")
    follow(applicant.page.get_by_role("link", name="执业药师注册").first)
    applicant.see("guide")
    applicant.start()
    applicant.fill_form(applicant.town.site.accounts["answers"])
    applicant.choose_post(ADDRESS)
    applicant.give_materials(papers, photo=papers.photo)
    confirm_for_company(applicant.town, scripts=applicant.scripts)
    return applicant.submit()


def _handle(town: Town, number: str) -> None:
    clerk = enter_office(town, "clerk")
    clerk.open_case(number)
    clerk.accept()
    examiner = find_drawn_examiner(town, number)
    examiner.open_case(number, view="mine")
    examiner.examine("材料齐全，与登记库一致，符合首次注册的条件。")
    decider = enter_office(town, "decider")
    decider.open_case(number)
    decider.grant()


def _collect_licence(applicant: Applicant, number: str, disk: Path) -> Path:
    applicant.open_case(number)
    result = applicant.page.get_by_role("link", name="查看和下载")
    applicant.wait_for(lambda: result.count() > 0, what="the licence")
    applicant.see("case-issued")
    follow(result)
    expect(applicant.page.get_by_role("heading", level=1)).to_have_text("执业药师注册证")
    applicant.see("licence")
    with applicant.page.expect_download() as download:
        applicant.page.get_by_role("link", name="下载电子证照").click()
    file = disk / "licence.pdf"
    download.value.save_as(file)
    return file


def _dispatch(town: Town, number: str) -> None:
    dispatcher = enter_office(town, "dispatcher")
    dispatcher.open_case(number)
    town.looks.look(dispatcher.page, "workbench-case-issued")
    result = dispatcher.page.locator("#h-letters ~ .letter-line a").first.get_attribute("href")
    assert _fetch(dispatcher.page, result).startswith(b"%PDF-")
    dispatcher.unfold("寄")
    follow(dispatcher.page.locator(".act-panel").get_by_role("button").locator("visible=true"))
    label = dispatcher.page.get_by_role("link", name="打印面单")
    Applicant(dispatcher.page, town).wait_for(lambda: label.count() > 0, what="the label")
    assert _fetch(dispatcher.page, label.get_attribute("href")).startswith(b"%PDF-")
    town.looks.look(dispatcher.page, "workbench-case-dispatched")


def _verify(town: Town, applicant: Applicant) -> None:
    applicant.page.goto("/me/licences")
    applicant.see("licences")
    follow(applicant.page.locator("main").get_by_role("link").first)
    words = applicant.page.get_by_role("link", name="公开查验页").get_attribute("href")
    assert words is not None
    stranger = town.visit(path="/verify")
    stranger.get_by_label("证照标识").fill(words.rsplit("/", 1)[1])
    follow(stranger.locator("form[method=get]").get_by_role("button", name="查验"))
    expect(stranger.locator(".licence-card .status")).to_have_text("有效")
    town.looks.look(stranger, "verify-licence")
    assert "3299" not in stranger.locator("main").inner_text()


def _fetch(page: Page, path: str | None) -> bytes:
    assert path
    answer = page.request.get(path)
    assert answer.status == 200, path
    return answer.body()


def _pdfsig(file: Path) -> set[str]:
    words = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False).stdout
    return set(re.findall(r"Signature is Valid\.|Total document signed", words))
