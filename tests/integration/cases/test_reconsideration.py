"""From a refused or overdue case to an application for reconsideration."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from suban.cases import errors
from suban.cases.models import CaseLetter
from suban.cases.queries.applicants import open_case_for
from suban.cases.queries.files import find_letter_file
from suban.cases.queries.remedies import preview_reconsideration
from suban.cases.queries.staff import open_case_file
from suban.cases.services.drafts import choose_delivery
from suban.cases.services.handling import grant_case
from suban.cases.services.reconsideration import apply_for_reconsideration
from suban.cases.types import Against
from suban.catalogue.types import DeliveryChannel
from suban.foundation.queries.evidence import list_events
from suban.foundation.queries.files import file_bytes

WORDS = {"wish": "撤销不予许可决定，责令重新审查。", "reasons": "体检报告的结论是能够坚持工作。"}


@pytest.fixture
def refused(office, at):
    choose_delivery(actor=office.applicant, number=office.number, way=DeliveryChannel.ELECTRONIC, at=at)
    office.propose()
    office.refuse()
    office.work()
    return office


def text_of(office, key, at) -> str:
    file_id = find_letter_file(actor=office.applicant, number=office.number, key=key, at=at)
    pages = PdfReader(BytesIO(file_bytes(file_id))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_a_refused_case_becomes_an_application_for_reconsideration(refused, at):
    key = apply_for_reconsideration(actor=refused.applicant, number=refused.number, at=at, **WORDS)

    words = text_of(refused, key, at)
    for told in (
        "行政复议申请书",
        "林示例",
        "镇江市市场监督管理局（演示）",
        "镇江市人民政府（演示）",
        "体检报告的结论是能够坚持工作。",
        "送达，次日起算",
        "60日（自然日）届满于2027年1月22日",
        "不予行政许可决定书",
        "收件凭证",
    ):
        assert told in words, told
    case = open_case_for(actor=refused.applicant, number=refused.number, at=at)
    assert case.timeline[0].title == "生成行政复议申请书"
    assert case.letters[0].title == "行政复议申请书"
    (fact,) = [
        event
        for event in list_events(f"case:{refused.number}")
        if event.type == "case.reconsideration_sought"
    ]
    assert fact.data["against"] == "decision"
    assert "体检" not in str(fact.data)


def test_an_overdue_case_becomes_one_too(office, at):
    office.propose()
    late = at + timedelta(days=40)

    seen = open_case_for(actor=office.applicant, number=office.number, at=late)
    key = apply_for_reconsideration(actor=office.applicant, number=office.number, at=late, **WORDS)

    assert seen.remedy.complaint.against is Against.INACTION
    assert seen.remedy.complaint.first
    words = text_of(office, key, late)
    assert "没有履行的法定职责" in words
    assert "应当先申请行政复议" in words
    assert "法定期限届满没有作出决定" in words
    grant_case(actor=office.decider, number=office.number, at=late, overdue_reason="人手不足。")


def test_after_sixty_days_it_is_too_late_and_the_words_say_what_is_left(refused, at):
    late = at + timedelta(days=61)

    with pytest.raises(errors.RemedyTooLateError) as refusal:
        apply_for_reconsideration(actor=refused.applicant, number=refused.number, at=late, **WORDS)

    assert "2027 年 1 月 22 日" in refusal.value.message
    assert "正当理由" in refusal.value.message
    assert not CaseLetter.objects.filter(kind="reconsideration").exists()


def test_a_case_that_goes_well_has_nothing_to_complain_of(office, at):
    office.propose()

    with pytest.raises(errors.MoveNotAllowedError):
        apply_for_reconsideration(actor=office.applicant, number=office.number, at=at, **WORDS)

    assert preview_reconsideration(actor=office.applicant, number=office.number, at=at, **WORDS) is None


def test_only_the_applicant_makes_and_reads_it(refused, at):
    with pytest.raises(errors.UnknownCaseError):
        apply_for_reconsideration(actor=refused.clerk, number=refused.number, at=at, **WORDS)
    key = apply_for_reconsideration(actor=refused.applicant, number=refused.number, at=at, **WORDS)

    with pytest.raises(errors.UnknownCaseError):
        find_letter_file(actor=refused.clerk, number=refused.number, key=key, at=at)
    file = open_case_file(actor=refused.clerk, number=refused.number, at=at)
    assert key not in {letter.key for letter in file.letters}
    assert file.timeline[0].title == "生成行政复议申请书"


def test_it_may_be_made_anew_and_each_is_kept(refused, at):
    keys = {
        apply_for_reconsideration(actor=refused.applicant, number=refused.number, at=at, **WORDS)
        for _ in range(2)
    }

    assert len(keys) == 2
