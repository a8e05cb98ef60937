"""Somebody asks the window from the guide; the clerk answers, and publishes the answer for everybody."""

import pytest
from playwright.sync_api import expect
from tests.journeys.clicks.town import Town, follow

pytestmark = [pytest.mark.browser, pytest.mark.journey]

ASKED = "资格证书上的姓名和身份证不一样，要先改哪一个？"
ANSWER = "请先到发证机关更正资格证书，再申请注册。"


def test_a_question_is_answered_by_the_window_and_published_on_the_guide(town: Town) -> None:
    guide = f"/matters/{town.site.accounts['matter']}"
    asker = town.visit("applicant", path=f"{guide}/ask", width=390)
    town.looks.look(asker, "question-ask")
    asker.get_by_label("您的问题").fill(ASKED)
    follow(asker.get_by_role("button", name="发送"))
    expect(asker.get_by_text(ASKED)).to_be_visible()
    town.looks.look(asker, "question-asked")

    clerk = town.visit("clerk", path="/workbench/questions")
    town.looks.look(clerk, "questions-desk")
    follow(clerk.get_by_role("link", name="执业药师首次注册").first)
    expect(clerk.get_by_text(ASKED)).to_be_visible()
    town.looks.look(clerk, "question-desk")
    clerk.get_by_label("答复").fill(ANSWER)
    follow(clerk.get_by_role("button", name="答复"))
    town.looks.look(clerk, "question-answered-desk")
    clerk.get_by_label("问题（改写").fill("证书和身份证姓名不一致怎么办？")
    clerk.get_by_label("答复", exact=True).fill(ANSWER)
    follow(clerk.get_by_role("button", name="公开"))

    asker.reload()
    expect(asker.get_by_text(ANSWER)).to_be_visible()
    town.looks.look(asker, "question-answered")
    follow(asker.get_by_role("button", name="不用再问了"))
    asker.goto("/me/questions")
    town.looks.look(asker, "questions")
    asker.goto(guide)
    expect(asker.get_by_text("证书和身份证姓名不一致怎么办？")).to_be_visible()
