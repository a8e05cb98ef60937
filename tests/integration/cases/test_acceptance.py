"""Acceptance, by a clerk or by the passing of time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from suban.cases.errors import MoveNotAllowedError, NotYourSeatError, UnknownCaseError
from suban.cases.handlers import deem_lapsed_accepted
from suban.cases.queries.applicants import open_case_for
from suban.cases.services.handling import accept_case, request_correction
from suban.cases.types import CorrectionItem, State
from suban.foundation.services.schedules import register_schedules, run_due_jobs
from suban.foundation.services.subscriptions import find_job
from suban.kernel.errors import DomainError

BLURRED = CorrectionItem(slot="photo", defect="照片模糊", basis="办事指南第四项")
# Received on Monday 23 November: the fifth working day is Monday 30.
LAST_NOTICE_DAY = datetime(2026, 11, 30, 15, 59, tzinfo=UTC)
LAPSED = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)


def test_acceptance_starts_the_legal_clock_and_says_how(office, at) -> None:
    office.submit()
    office.accept()

    case = open_case_for(actor=office.applicant, number=office.number, at=at)
    assert case.state is State.REVIEW
    assert {deadline.kind: deadline.due_on for deadline in case.deadlines} == {
        "promised": date(2026, 11, 26),
        "legal": date(2026, 12, 21),
    }
    assert all(deadline.because for deadline in case.deadlines)
    assert office.row.legal_due_on == date(2026, 12, 21)


def test_what_comes_late_in_the_evening_utc_comes_tomorrow_in_the_office(office) -> None:
    receipt = office.submit(datetime(2026, 11, 23, 16, 30, tzinfo=UTC))

    assert receipt.received_on == date(2026, 11, 24)
    assert office.row.due_on == date(2026, 12, 1)
    assert "20261124" in receipt.official_number


def test_until_the_last_moment_of_the_notice_day_nothing_lapses(office) -> None:
    office.submit()

    deem_lapsed_accepted(LAST_NOTICE_DAY)

    assert office.row.state == State.SUBMITTED


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=3), timedelta(days=40)], ids=str)
def test_silence_accepts_once_from_the_day_of_receipt_even_after_downtime(office, late) -> None:
    office.submit()

    for again in range(3):
        deem_lapsed_accepted(LAPSED + late + timedelta(minutes=5 * again))

    row = office.row
    assert (row.state, row.accepted_on) == (State.REVIEW, date(2026, 11, 23))
    assert row.legal_due_on == date(2026, 12, 21)
    assert office.events.count("case.deemed_accepted") == 1


def test_the_scheduler_knows_the_lapse(office) -> None:
    register_schedules(at=LAST_NOTICE_DAY)
    office.submit()

    run_due_jobs(at=LAPSED + timedelta(minutes=5))

    assert find_job("cases.deem_accepted").job is deem_lapsed_accepted
    assert office.row.state == State.REVIEW


def test_after_the_notice_day_no_correction_can_be_asked_for_even_before_the_scheduler_ran(office) -> None:
    office.submit()

    with pytest.raises(DomainError) as refusal:
        request_correction(actor=office.clerk, number=office.number, items=[BLURRED], at=LAPSED)

    assert refusal.value.code == "case.correction_too_late"
    assert office.row.state == State.SUBMITTED


def test_a_clerk_who_comes_after_the_lapse_is_told(office) -> None:
    office.submit()
    deem_lapsed_accepted(LAPSED)

    with pytest.raises(MoveNotAllowedError) as refusal:
        office.accept(LAPSED)

    assert "审查" in refusal.value.message


def test_acceptance_after_the_lapse_still_counts_from_receipt(office) -> None:
    office.submit()

    office.accept(LAPSED + timedelta(days=2))

    assert office.row.accepted_on == date(2026, 11, 23)
    assert office.row.legal_due_on == date(2026, 12, 21)


def test_a_clerk_of_another_city_finds_nothing_to_accept(office, sign_in, at) -> None:
    office.submit()

    with pytest.raises(UnknownCaseError):
        accept_case(actor=sign_in("nanjing"), number=office.number, at=at)
    assert office.row.state == State.SUBMITTED


@pytest.mark.parametrize("username", ["shencha", "jueding", "fazheng", "guanli"])
def test_who_is_no_clerk_accepts_nothing(office, sign_in, at, username) -> None:
    office.submit()

    with pytest.raises(NotYourSeatError):
        accept_case(actor=sign_in(username), number=office.number, at=at)


def test_the_second_of_two_clerks_is_told_what_happened(office) -> None:
    office.submit()
    office.accept()

    with pytest.raises(MoveNotAllowedError) as refusal:
        office.accept()

    assert "刷新" in refusal.value.message
    assert office.events.count("case.accepted") == 1
