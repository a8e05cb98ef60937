"""Begun at the computer, photographed with the phone: two browsers, one material."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.clicks.applying import Applicant
from tests.journeys.clicks.papers import Papers
from tests.journeys.clicks.town import Town, follow

pytestmark = [pytest.mark.browser]


def test_a_report_is_photographed_with_the_phone(town: Town, papers: Papers) -> None:
    computer = _begin(town)
    phone = _scan_code(town, computer)

    for photo in (papers.photo, papers.red_photo):
        _take(phone, photo)
    town.looks.look(phone, "scan-pages")
    _turn_cut_and_order(town, phone)
    follow(phone.get_by_role("link", name="合成一份，看看效果"))
    town.looks.look(phone, "scan-check")
    document = phone.get_by_role("link", name="打开合成的 PDF").get_attribute("href")
    assert phone.request.get(document).body().startswith(b"%PDF-")
    follow(phone.get_by_role("button", name="确认，交到电脑上"))
    town.looks.look(phone, "scan-done")

    expect(computer.page.get_by_text("已经收到")).to_be_visible()
    computer.see("scan-arrived")
    follow(computer.page.get_by_role("link", name="看看收到的材料"))
    expect(computer.card("health_proof")).to_contain_text("手机拍照上传，2 页")
    assert phone.goto(phone.url.removesuffix("/check")).status == 404
    town.looks.look(phone, "scan-over")


def test_the_phone_works_without_javascript(town: Town, papers: Papers) -> None:
    computer = _begin(town)
    phone = _scan_code(town, computer, scripts=False)

    phone.locator("input[type=file]").set_input_files([papers.photo, papers.red_photo])
    follow(phone.get_by_role("button", name="加进来"))
    follow(phone.get_by_role("link", name=re.compile("裁边.*第 1 页")))
    phone.get_by_label("上边", exact=True).fill("12.5")
    follow(phone.get_by_role("button", name="裁好了"))
    follow(phone.get_by_role("button", name=re.compile("右转.*第 2 页")))
    follow(phone.get_by_role("link", name="合成一份，看看效果"))
    follow(phone.get_by_role("button", name="确认，交到电脑上"))

    expect(phone.get_by_role("heading", name="已经交到电脑上")).to_have_count(1)


def _begin(town: Town) -> Applicant:
    computer = Applicant(town.visit("applicant"), town)
    computer.page.goto(f"/matters/{town.site.accounts['matter']}/apply")
    again = computer.page.get_by_role("button", name=re.compile("重新|开始"))
    follow(again.first)
    computer.page.goto(f"/me/cases/{computer.number}/materials")
    follow(computer.card("health_proof").get_by_role("link", name="用手机扫码拍照"))
    computer.see("scan-link-new")
    computer.press("生成二维码")
    computer.see("scan-link")
    return computer


def _scan_code(town: Town, computer: Applicant, *, scripts: bool = True) -> Page:
    computer.page.get_by_text("扫不了码").click()
    address = computer.page.locator(".scan-address a").get_attribute("href")
    phone = town.visit(width=390, scripts=scripts, path=address)
    if scripts:
        town.looks.look(phone, "scan-empty")
    return phone


def _take(phone: Page, photo: Path) -> None:
    before = phone.locator(".scan-page").count()
    phone.locator("input[type=file]").set_input_files(photo)
    expect(phone.locator(".scan-page")).to_have_count(before + 1)


def _turn_cut_and_order(town: Town, phone: Page) -> None:
    follow(phone.get_by_role("button", name=re.compile("右转.*第 1 页")))
    follow(phone.get_by_role("button", name=re.compile("前移.*第 2 页")))
    follow(phone.get_by_role("link", name=re.compile("裁边.*第 1 页")))
    frame = phone.locator(".scan-cut canvas").bounding_box()
    assert frame
    phone.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + 2)
    phone.mouse.down()
    phone.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] * 0.2, steps=4)
    phone.mouse.up()
    assert 15 < float(phone.get_by_label("上边", exact=True).input_value()) < 25
    town.looks.look(phone, "scan-cut")
    follow(phone.get_by_role("button", name="裁好了"))
