"""The turns beside the usual way, clicked: a slip mended, a case sent elsewhere, sent back, refused, complained of."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from tests.journeys.clicks.applying import apply_for_registration
from tests.journeys.clicks.office import Officer, enter_office, find_drawn_examiner
from tests.journeys.clicks.papers import Papers
from tests.journeys.clicks.town import Town, follow

pytestmark = [pytest.mark.browser, pytest.mark.journey]


def turn(officer: Officer, label: str) -> None:
    """Open the page of a turn."""
    officer.page.get_by_text("其他处理").click()
    officer.looks.look(officer.page, f"workbench-turns-{label}")
    follow(officer.page.get_by_role("link", name=label))
    officer.looks.look(officer.page, f"workbench-turn-{label}")


def test_a_slip_is_mended_a_review_sent_back_and_a_refusal_complained_of(town: Town, papers: Papers) -> None:
    applicant = apply_for_registration(town, papers, width=390)
    number = applicant.submit()
    clerk = enter_office(town, "clerk")
    clerk.open_case(number)
    turn(clerk, "请当场更正")
    clerk.page.get_by_label("毕业院校").check()
    clerk.page.get_by_label("请申请人怎么改").fill("毕业院校漏了“省”字。")
    follow(clerk.page.get_by_role("button", name="通知申请人当场更正"))

    applicant.open_case(number)
    applicant.see("case-mending")
    follow(applicant.page.get_by_role("link", name="去更正"))
    applicant.see("mending")
    applicant.page.get_by_label("毕业院校").fill("江苏省示例药科大学")
    applicant.press("确认更正")
    expect(applicant.page.get_by_text("已更正，申请表已按新的内容重新生成")).to_be_visible()

    clerk.open_case(number)
    expect(clerk.page.get_by_text("江苏省示例药科大学").first).to_be_visible()
    clerk.accept()
    examiner = find_drawn_examiner(town, number)
    examiner.open_case(number, view="mine")
    examiner.examine("材料真实有效。")
    decider = enter_office(town, "decider")
    decider.open_case(number)
    turn(decider, "退回前一步")
    decider.page.get_by_label("材料审查").check()
    decider.page.get_by_label("退回的理由").fill("没有核对体检报告的结论。")
    follow(decider.page.get_by_role("button", name="确认退回"))
    town.looks.look(decider.page, "workbench-case-returned")
    examiner.open_case(number, view="mine")
    expect(examiner.page.get_by_text("没有核对体检报告的结论。")).to_be_visible()
    examiner.examine("体检报告的结论与登记不一致。", agrees=False)

    decider.open_case(number)
    turn(decider, "虚假材料处理")
    decider.page.get_by_label("健康").first.check()
    decider.page.get_by_label("查明的事实和证据").fill("医院证实没有出具过这份报告。")
    decider.page.get_by_label("当事人的陈述、申辩").fill("当事人说明是拿错了报告，予以采纳。")
    follow(decider.page.get_by_role("button", name="预览文书"))
    expect(decider.page.locator(".letter")).to_contain_text("给予警告")
    town.looks.look(decider.page, "workbench-false-material-letter")  # heard, so it isn't sent
    decider.open_case(number)
    decider.refuse("健康证明的结论是不能坚持工作。")

    applicant.open_case(number)
    applicant.see("case-refused-remedy")
    follow(applicant.page.get_by_role("link", name="申请行政复议"))
    applicant.press("看申请书全文")
    expect(applicant.page.get_by_text("请写明事实和理由").first).to_be_visible()
    applicant.see("reconsideration-without-reasons")
    applicant.page.get_by_label("事实和理由").fill("体检报告的结论是能够坚持工作，见附件。")
    applicant.press("看申请书全文")
    applicant.see("reconsideration-letter")
    applicant.press("确认，生成申请书")
    applicant.see("reconsideration-made")
    address = applicant.page.get_by_role("link", name="下载行政复议申请书").get_attribute("href")
    paper = PdfReader(BytesIO(applicant.page.request.get(str(address)).body()))
    assert "行政复议申请书" in paper.pages[0].extract_text()


def test_what_another_organ_handles_leads_there(town: Town, papers: Papers) -> None:
    applicant = apply_for_registration(town, papers)
    number = applicant.submit()
    clerk = enter_office(town, "clerk")
    clerk.open_case(number)
    turn(clerk, "不属于本机关")
    clerk.page.get_by_label("按名称查找机关").fill("苏州")
    follow(clerk.page.get_by_role("button", name="查找"))
    clerk.page.get_by_label("苏州市市场监督管理局（演示）").check()
    clerk.page.get_by_label("理由", exact=True).fill("执业单位在苏州市，由苏州市市场监督管理局办理。")
    follow(clerk.page.get_by_role("button", name="预览文书"))
    expect(clerk.page.locator(".letter")).to_contain_text("请向苏州市市场监督管理局（演示）申请")
    town.looks.look(clerk.page, "workbench-not-competent-letter")
    follow(clerk.page.get_by_role("button", name="确认不予受理"))
    town.looks.look(clerk.page, "workbench-case-not-accepted")

    applicant.open_case(number)
    expect(applicant.page.locator("h1 + .status")).to_have_text(re.compile("不予受理"))
    applicant.see("case-not-competent")
    follow(applicant.page.get_by_role("link", name="能办的事"))
    expect(applicant.page.get_by_role("heading", level=1)).to_contain_text("苏州市市场监督管理局")
