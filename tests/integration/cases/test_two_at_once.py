"""Two people, or one impatient one, pressing in the same moment; on PostgreSQL, with real connections."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from suban.cases.models import Case
from suban.cases.services.drafts import start_case
from suban.cases.services.handling import accept_case, grant_case, refuse_case
from suban.cases.services.submission import submit_case, withdraw_case
from suban.cases.types import State
from suban.demo.loading import MATTER
from suban.kernel.errors import DomainError

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def press(*buttons: Callable[[], Any]) -> list[Any]:
    """Press all at once; each answer is what was returned or refused."""
    answers: list[Any] = [None] * len(buttons)
    start = threading.Barrier(len(buttons))

    def one(place: int) -> None:
        start.wait()
        try:
            answers[place] = buttons[place]()
        except DomainError as refusal:
            answers[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(len(buttons))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def test_five_identical_creations_make_one_case(applicant, at) -> None:
    def create() -> str:
        return start_case(actor=applicant, matter_code=MATTER, at=at, idempotency_key="once")

    numbers = press(*[create] * 5)

    assert len(set(numbers)) == 1
    assert Case.objects.count() == 1


def test_five_submissions_give_one_receipt(office, at) -> None:
    receipts = press(*[office.submit] * 5)

    assert len(set(receipts)) == 1
    assert office.events.count("case.submitted") == 1


def test_of_two_clerks_one_accepts_and_the_other_is_told(office, at) -> None:
    office.submit()

    answers = press(
        *[lambda: accept_case(actor=office.clerk, number=office.number, at=at)] * 2,
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["MoveNotAllowedError", "NoneType"]
    assert office.events.count("case.accepted") == 1


def test_granted_or_refused_but_not_both(office, at) -> None:
    office.propose()

    answers = press(
        lambda: grant_case(actor=office.decider, number=office.number, at=at),
        lambda: refuse_case(actor=office.decider, number=office.number, reasons="不符合", at=at),
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["MoveNotAllowedError", "NoneType"]
    assert len({"case.granted", "case.refused"} & set(office.events)) == 1


def test_withdrawn_or_decided_but_not_both(office, at) -> None:
    office.propose()

    press(
        lambda: grant_case(actor=office.decider, number=office.number, at=at),
        lambda: withdraw_case(actor=office.applicant, number=office.number, at=at),
    )

    assert office.row.state in {State.GRANTED, State.WITHDRAWN}
    assert len({"case.granted", "case.withdrawn"} & set(office.events)) == 1


def test_three_workers_issue_one_licence(office, work, at) -> None:
    office.propose()
    office.grant()

    press(*[work] * 3)

    assert office.row.state == State.ISSUED
    assert office.events.count("case.result_issued") == 1


def test_ten_receipts_at_once_have_ten_numbers(office, applicant, at) -> None:
    numbers = press(*[lambda: start_case(actor=applicant, matter_code=MATTER, at=at)] * 6)

    assert len(set(numbers)) == 6
    assert submit_case(actor=applicant, number=office.number, at=at).state is State.SUBMITTED
