"""The applicant's pages from a refused or overdue case to an application for reconsideration."""

from datetime import timedelta

from tests.integration.web.workbench.test_workbench_acts import bring_to_decision

from suban.cases.services.handling import refuse_case
from suban.cases.services.results import dispatch_result, record_parcel_signed

REASONS = "体检报告的结论是能够坚持工作。"


def address_of(number: str) -> str:
    return f"/me/cases/{number}/reconsideration"


def refuse(actor, number: str, at) -> None:
    bring_to_decision(actor, number, at)
    refuse_case(actor=actor("jueding"), number=number, reasons="健康证明不符。", at=at)


def test_the_application_is_read_completed_and_made(desk, number: str, actor, at) -> None:
    refuse(actor, number, at)
    applicant, address = desk("yaoshi"), address_of(number)

    button = applicant.get(f"/me/cases/{number}").content.decode()
    form = applicant.get(address).content.decode()
    empty = applicant.post(address, {"stage": "send", "wish": "撤销。", "reasons": " "})
    shown = applicant.post(address, {"stage": "preview", "wish": "撤销。", "reasons": REASONS})
    made = applicant.post(address, {"stage": "send", "wish": "撤销。", "reasons": REASONS})

    assert address in button
    assert "撤销镇江市市场监督管理局（演示）作出的不予行政许可决定书" in form
    assert "第二十四条" in form
    assert empty.status_code == 422
    assert "请写明事实和理由" in empty.content.decode()
    assert f"<p>{REASONS}</p>" in shown.content.decode()
    assert made.status_code == 302
    told = applicant.get(made["Location"]).content.decode()
    assert "下载行政复议申请书" in told
    assert "江苏省镇江市演示路 1 号" in told
    assert "生成行政复议申请书" in applicant.get(f"/me/cases/{number}").content.decode()


def test_when_it_is_too_late_the_page_says_so(desk, number: str, actor, at, clock) -> None:
    refuse(actor, number, at)
    parcel = dispatch_result(actor=actor("fazheng"), number=number, at=at)
    record_parcel_signed(number=number, parcel=parcel, signed_at=at, capacity="addressee", at=at)
    clock.move_to(at + timedelta(days=70))

    shown = desk("yaoshi").get(address_of(number)).content.decode()
    pressed = desk("yaoshi").post(address_of(number), {"stage": "send", "wish": "撤销。", "reasons": REASONS})

    assert "期限已经过了" in shown
    assert "2027 年 1 月 22 日" in shown
    assert pressed.status_code == 422


def test_an_overdue_case_offers_it_and_one_in_time_does_not(desk, number: str, actor, at, clock) -> None:
    bring_to_decision(actor, number, at)
    early = desk("yaoshi").get(address_of(number))
    clock.move_to(at + timedelta(days=40))

    case = desk("yaoshi").get(f"/me/cases/{number}").content.decode()
    form = desk("yaoshi").get(address_of(number)).content.decode()

    assert early.status_code == 302
    assert "超过法定期限还没有作出决定" in case
    assert "应当先申请行政复议" in form
    assert "责令镇江市市场监督管理局（演示）在一定期限内" in form


def test_somebody_elses_case_is_not_there(desk, number: str, actor, at) -> None:
    refuse(actor, number, at)

    assert desk("yaodian").get(address_of(number)).status_code == 404
