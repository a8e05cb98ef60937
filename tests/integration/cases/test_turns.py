"""The turns beside the usual way, through the services: what is written, who is told, what follows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from suban.cases import errors
from suban.cases.models import ApplicationBan
from suban.cases.queries import opening
from suban.cases.queries.applicants import open_case_for
from suban.cases.queries.staff import open_case_file
from suban.cases.queries.turns import get_turn_choices
from suban.cases.queries.worklists import list_worklist
from suban.cases.rules.terms import Terms
from suban.cases.services.drafts import choose_delivery, start_case
from suban.cases.services.handling import complete_step
from suban.cases.services.mending import correct_on_spot, offer_mending
from suban.cases.services.results import hand_over_result
from suban.cases.services.submission import submit_case
from suban.cases.services.turns import (
    declare_not_competent,
    declare_not_needed,
    refuse_false_material,
    return_to_step,
    terminate_case,
)
from suban.cases.types import Act, EndingKind, Ground, State
from suban.catalogue.types import DeliveryChannel, ReviewStep
from suban.demo.loading import MATTER
from suban.demo.province import city_organ
from suban.kernel.clock import civil_day
from suban.notices.queries import list_inbox

NANJING = city_organ("3201")
LATE = timedelta(days=12)


def seen_by(office, at):
    return open_case_for(actor=office.applicant, number=office.number, at=at)


def test_what_needs_no_licence_is_told_at_once_and_the_letter_says_why(office, at, letters):
    office.submit()

    declare_not_needed(actor=office.clerk, number=office.number, reasons="只在本店销售保健品。", at=at)
    office.work()

    case = seen_by(office, at)
    assert case.state is State.NOT_NEEDED
    assert case.ending.ending.kind is EndingKind.NOT_NEEDED
    (letter,) = letters("不受理告知书")
    words = "".join(block.get("text", "") for block in letter["blocks"])
    assert "第三十二条第一款第一项" in words
    assert "只在本店销售保健品。" in words
    assert "行政复议" in words
    assert letter["document_number"].startswith("镇市监许告〔2026〕第")
    assert {deadline.kind for deadline in case.deadlines} == {"delivery"}


def test_what_another_organ_handles_is_sent_there_by_name(office, at, letters):
    office.submit()

    declare_not_competent(
        actor=office.clerk, number=office.number, organ=NANJING, reasons="执业单位在南京市。", at=at
    )
    office.work()

    case = seen_by(office, at)
    assert case.state is State.NOT_ACCEPTED
    assert case.ending.ending.organ == NANJING
    assert case.timeline[0].title == "不予受理"
    assert case.timeline[0].article == "行政许可法第32条第1款第2项"
    (letter,) = letters("不予受理决定书")
    assert any("请向南京市市场监督管理局（演示）申请" in block.get("text", "") for block in letter["blocks"])
    notice = next(item for item in list_inbox(office.applicant.party).items if "有权机关" in item.title)
    assert "请向南京市市场监督管理局（演示）申请" in notice.body


def test_nobody_is_sent_back_to_the_same_organ_or_to_nobody(office, at):
    office.submit()

    for organ in (office.row.organ_code, ""):
        with pytest.raises(errors.ReasonsMissingError):
            declare_not_competent(
                actor=office.clerk, number=office.number, organ=organ, reasons="不归我们管。", at=at
            )

    assert office.row.state == State.SUBMITTED


def test_after_the_notice_day_nothing_is_turned_away(office, at):
    office.submit()

    with pytest.raises(errors.NoticeTooLateError):
        declare_not_needed(actor=office.clerk, number=office.number, reasons="不需要。", at=at + LATE)


def test_the_paper_of_an_ending_reaches_the_applicant_and_starts_the_remedies(office, at):
    choose_delivery(actor=office.applicant, number=office.number, way=DeliveryChannel.PICKUP, at=at)
    office.submit()
    declare_not_needed(actor=office.clerk, number=office.number, reasons="不需要。", at=at)

    office.dispatch()
    hand_over_result(actor=office.dispatcher, number=office.number, capacity="window", at=at)

    kinds = {deadline.kind for deadline in seen_by(office, at).deadlines}
    assert kinds == {"reconsideration", "lawsuit"}


def test_an_electronic_ending_is_served_when_its_letter_is_there(office, at):
    choose_delivery(actor=office.applicant, number=office.number, way=DeliveryChannel.ELECTRONIC, at=at)
    office.submit()

    declare_not_needed(actor=office.clerk, number=office.number, reasons="不需要。", at=at)
    office.work()

    assert office.row.state == State.CLOSED
    assert seen_by(office, at).served_on == civil_day(at)


def test_a_slip_is_mended_on_the_spot_and_no_clock_stops(office, at):
    office.submit()
    due = seen_by(office, at).deadlines
    offer_mending(
        actor=office.clerk, number=office.number, fields=["school"], words="学校名称漏了“省”字。", at=at
    )
    office.work()
    told = seen_by(office, at)
    assert told.mending == ("school",)
    assert told.mending_words == "学校名称漏了“省”字。"

    answers = {"school": "江苏省示例药科大学", "employer_name": "别的单位"}
    correct_on_spot(actor=office.applicant, number=office.number, answers=answers, at=at)

    mended = seen_by(office, at)
    assert mended.answers["school"] == "江苏省示例药科大学"
    assert mended.answers["employer_name"] == "镇江示例大药房有限公司"
    assert mended.state is State.SUBMITTED
    assert mended.mending == ()
    assert mended.confirmed
    assert mended.deadlines == due
    assert not mended.problems
    assert office.row.materials.filter(slot="application_form", removed_at=None).count() == 1
    assert not open_case_file(actor=office.clerk, number=office.number, at=at).corrections
    office.accept()


def test_only_what_carries_nothing_else_may_be_mended_on_the_spot(office, at):
    office.submit()

    for field in ("employer_uscc", "certificate_number", "name", "employer_kind", "health_checked_on"):
        with pytest.raises(errors.CorrectionOutsideListError):
            offer_mending(actor=office.clerk, number=office.number, fields=[field], words="错了。", at=at)


def test_a_wrong_mending_changes_nothing(office, at):
    office.submit()
    offer_mending(actor=office.clerk, number=office.number, fields=["school"], words="漏字。", at=at)

    with pytest.raises(errors.IncompleteApplicationError):
        correct_on_spot(actor=office.applicant, number=office.number, answers={"school": ""}, at=at)

    assert seen_by(office, at).answers["school"] == "江苏示例药科大学"
    with pytest.raises(errors.UnknownCaseError):
        correct_on_spot(actor=office.clerk, number=office.number, answers={"school": "x"}, at=at)


def test_without_an_offer_nothing_is_mended(office, at):
    office.submit()

    with pytest.raises(errors.MoveNotAllowedError):
        correct_on_spot(actor=office.applicant, number=office.number, answers={"school": "新校名"}, at=at)


def test_the_decider_sends_back_and_the_old_opinion_is_kept_but_counts_no_more(office, at):
    office.propose()
    due = seen_by(office, at).deadlines

    return_to_step(
        actor=office.decider, number=office.number, target="examine", reasons="没有核对许可证范围。", at=at
    )

    assert office.row.state == State.REVIEW
    assert seen_by(office, at).deadlines == due
    file = open_case_file(actor=office.decider, number=office.number, at=at)
    assert [(one.kind, one.superseded) for one in file.opinions] == [("opinion", True), ("return", False)]
    assert file.proposal is None
    examiner = office.examiner()
    complete_step(
        actor=examiner, number=office.number, step="examine", agrees=False, opinion="范围不符。", at=at
    )
    file = open_case_file(actor=office.decider, number=office.number, at=at)
    assert [one.superseded for one in file.opinions if one.kind == "opinion"] == [True, False]
    assert file.proposal is False
    assert list_worklist(actor=office.decider, view="open", today=civil_day(at)).lines


@pytest.fixture
def two_steps(monkeypatch):
    """The matter with a second look after the examination, by the decider."""
    of = Terms.of.__func__
    second = ReviewStep(
        key="recheck",
        name="复核",
        kind="review",
        role="decider",
        after=("examine",),
        days=1,
        standard="复核。",
    )
    monkeypatch.setattr(
        Terms, "of", classmethod(lambda cls, it: replace(of(cls, it), steps=(*of(cls, it).steps, second)))
    )
    monkeypatch.setattr(opening, "_TERMS", {})


def test_a_reviewer_sends_back_from_the_own_step(two_steps, office, at):
    office.propose()
    choices = get_turn_choices(actor=office.decider, number=office.number, at=at)
    file = open_case_file(actor=office.decider, number=office.number, at=at)

    assert office.row.state == State.REVIEW
    assert (choices.own_step, choices.targets) == ("recheck", (("examine", "材料审查"),))
    assert {(act.act, act.step) for act in file.acts} >= {(Act.RETURN_TO_STEP, "recheck")}
    assert open_case_file(actor=office.clerk, number=office.number, at=at).acts == ()
    return_to_step(
        actor=office.decider,
        number=office.number,
        step="recheck",
        target="examine",
        reasons="没有核对范围。",
        at=at,
    )
    (line,) = list_worklist(actor=office.examiner(), view="mine", today=civil_day(at)).lines
    assert line.task == "examine"


def test_the_applicant_reads_that_it_went_back_but_not_why(office, at):
    office.propose()
    return_to_step(actor=office.decider, number=office.number, target="examine", reasons="内部理由。", at=at)

    told = seen_by(office, at).timeline[0]

    assert told.title == "退回材料审查重新审查"
    assert "内部理由" not in told.detail


def test_a_return_says_why_and_goes_only_to_what_was_done(office, at):
    office.propose()

    with pytest.raises(errors.ReasonsMissingError):
        return_to_step(actor=office.decider, number=office.number, target="examine", reasons=" ", at=at)
    with pytest.raises(errors.MoveNotAllowedError):
        return_to_step(actor=office.decider, number=office.number, target="decide", reasons="再看。", at=at)


def false_material(office, at, actor=None):
    refuse_false_material(
        actor=actor or office.decider,
        number=office.number,
        slots=["health_proof"],
        reasons="体检报告经医院核实系伪造。",
        heard="当事人承认，没有提出申辩。",
        at=at,
    )


def test_false_material_is_refused_with_a_warning_and_bars_a_new_application(office, at, letters):
    second = start_case(actor=office.applicant, matter_code=MATTER, at=at)
    office.propose()

    false_material(office, at)
    office.work()

    case = seen_by(office, at)
    assert case.state is State.REFUSED
    assert case.ending.ending.banned_until == date(2027, 11, 23)
    (letter,) = letters("虚假材料处理决定书")
    words = "".join(block.get("text", "") for block in letter["blocks"])
    for told in ("第七十八条", "给予警告", "没有提出申辩", "2027年11月23日止，您不得再次申请"):
        assert told in words
    for again in (
        lambda day: start_case(actor=office.applicant, matter_code=MATTER, at=day),
        lambda day: submit_case(actor=office.applicant, number=second, at=day),
    ):
        with pytest.raises(errors.BannedError) as refusal:
            again(at + timedelta(days=365))
        assert "行政许可法 第七十八条" in refusal.value.message
        assert "2027 年 11 月 23 日" in refusal.value.message
    assert start_case(actor=office.applicant, matter_code=MATTER, at=at + timedelta(days=366))


def test_false_material_before_acceptance_is_not_accepted(office, at):
    office.submit()

    false_material(office, at)

    assert office.row.state == State.NOT_ACCEPTED
    assert ApplicationBan.objects.get().base_code == "000172022000"


@pytest.mark.parametrize("missing", ["slots", "reasons", "heard"])
def test_a_charge_of_false_material_names_it_proves_it_and_hears_the_applicant(office, at, missing):
    office.propose()
    given = {"slots": ["health_proof"], "reasons": "伪造。", "heard": "没有申辩。"}

    with pytest.raises(errors.ReasonsMissingError) as refusal:
        refuse_false_material(
            actor=office.decider,
            number=office.number,
            at=at,
            **{**given, missing: [] if missing == "slots" else " "},
        )

    assert refusal.value.fields["field"] == missing
    assert not ApplicationBan.objects.exists()


def test_of_two_who_decide_at_once_one_ban_is_made(office, at):
    office.propose()
    false_material(office, at)

    with pytest.raises(errors.MoveNotAllowedError):
        false_material(office, at)

    assert ApplicationBan.objects.count() == 1


def test_a_procedure_ends_when_the_applicant_is_gone(office, at, letters):
    office.submit()
    office.accept()

    terminate_case(
        actor=office.decider,
        number=office.number,
        ground=Ground.APPLICANT_GONE,
        basis="执业药师注册管理办法关于终止的规定。",
        reasons="申请人已经去世。",
        at=at,
    )
    office.work()

    assert office.row.state == State.TERMINATED
    (letter,) = letters("终止办理通知书")
    assert letter["document_number"]
    assert any("执业药师注册管理办法" in block.get("text", "") for block in letter["blocks"])


def test_what_isnt_limited_isnt_used_up(office, at):
    office.submit()

    with pytest.raises(errors.ReasonsMissingError):
        terminate_case(
            actor=office.decider,
            number=office.number,
            ground=Ground.QUANTITY,
            basis="第五十七条",
            reasons="用完了。",
            at=at,
        )
