"""Special procedures: the clock stands still, people are told, the report lies in the file."""

from datetime import date, timedelta

import pytest

from suban.cases import errors
from suban.cases.queries.applicants import find_public_status, list_my_cases, open_case_for
from suban.cases.queries.files import UnknownCaseError
from suban.cases.queries.special import find_report_file
from suban.cases.queries.staff import open_case_file
from suban.cases.queries.worklists import list_worklist
from suban.cases.services.recomputing import recompute_deadlines
from suban.cases.services.special import end_procedure, start_procedure
from suban.cases.services.submission import withdraw_case
from suban.cases.types import Act, State, Upload

PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.fixture
def paused(office, at) -> str:
    """The key of a procedure in an accepted case; accepted on Monday 23 November, begun the same day."""
    office.submit()
    office.accept()
    return start_procedure(
        actor=office.examiner(), number=office.number, kind="testing", days=10, reason="需要送检。", at=at
    )


def end(office, key: str, at, report: Upload | None = None) -> None:
    end_procedure(
        actor=office.sign_in("shencha"),
        number=office.number,
        key=key,
        result="检测合格。",
        report=report,
        limit=1_000_000,
        at=at,
    )


def test_the_due_day_is_empty_and_the_days_left_are_kept(office, paused, at) -> None:
    row = office.row

    assert (row.due_on, row.legal_due_on, row.days_left) == (None, None, 20)
    (line,) = list_worklist(actor=office.examiner(), view="mine", today=at.date()).lines
    assert line.paused
    assert line.due_on == date(2026, 12, 7)
    assert list_my_cases(actor=office.applicant).lines[0].days_left == 20
    assert not list(recompute_deadlines(at=at))
    case = open_case_for(actor=office.applicant, number=office.number, at=at)
    assert case.deadlines == ()
    assert case.suspension.promised_left == 3
    assert case.procedures[0].reason == "需要送检。"
    public = find_public_status(number=office.number, query_code=case.query_code)
    assert public.suspension.names == ("检测",)


def test_the_applicant_is_told_in_a_numbered_letter(office, paused, letters) -> None:
    office.work()

    (letter,) = letters("特别程序告知书")
    text = "".join(block.get("text", "") for block in letter["blocks"])
    assert "许特〔2026〕第00001号" in letter["document_number"]
    assert "需要送检。" in text
    assert "第四十五条" in text
    assert "2026年12月7日" in text


def test_the_clock_goes_on_and_the_report_lies_in_the_file(office, paused, at) -> None:
    later = at + timedelta(days=7)

    end(office, paused, later, Upload(name="报告.pdf", content=[PDF]))
    office.work(later)

    row = office.row
    assert row.days_left is None
    # Three and twenty working days after 30 November.
    assert (row.due_on, row.legal_due_on) == (date(2026, 12, 3), date(2026, 12, 28))
    case = open_case_for(actor=office.applicant, number=office.number, at=later)
    assert case.suspension is None
    assert case.procedures[0].result == "检测合格。"
    assert any("检测所需时间不计入" in line.text for line in case.deadlines[0].because)
    assert find_report_file(actor=office.applicant, number=office.number, key=paused, at=later)
    assert find_report_file(actor=office.clerk, number=office.number, key=paused, at=later)
    for stranger in (office.dispatcher, office.sign_in("yaodian"), office.sign_in("nanjing")):
        with pytest.raises(UnknownCaseError):
            find_report_file(actor=stranger, number=office.number, key=paused, at=later)
    (line,) = list_worklist(actor=office.examiner(), view="mine", today=later.date()).lines
    assert not line.paused
    assert line.due_on == date(2026, 12, 3)


def test_a_procedure_under_way_comes_before_the_opinion(office, paused, at) -> None:
    acts = {one.act for one in open_case_file(actor=office.examiner(), number=office.number, at=at).acts}

    assert acts == {Act.START_PROCEDURE, Act.END_PROCEDURE}
    with pytest.raises(errors.ProcedureOpenError):
        office.examine()
    end(office, paused, at)
    office.examine()
    assert office.row.state == State.PROPOSED


def test_ended_twice_is_ended_once_and_leaves_no_second_report(office, paused, at) -> None:
    end(office, paused, at, Upload(name="报告.pdf", content=[PDF]))

    with pytest.raises(errors.MoveNotAllowedError):
        end(office, paused, at, Upload(name="另一份.pdf", content=[PDF]))
    assert office.events.count("case.procedure_ended") == 1


def test_only_an_examiner_begins_one(office, at) -> None:
    office.submit()
    office.accept()

    for other in (office.applicant, office.clerk, office.decider):
        with pytest.raises(errors.NotYourSeatError):
            start_procedure(actor=other, number=office.number, kind="testing", days=1, reason="检测", at=at)
    assert "case.procedure_started" not in office.events


def test_who_withdraws_meanwhile_ends_the_waiting(office, paused, at) -> None:
    withdraw_case(actor=office.applicant, number=office.number, at=at)

    assert (office.row.state, office.row.days_left) == (State.WITHDRAWN, None)
