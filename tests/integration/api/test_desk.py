"""The desk over the interface: who may, who may not, who was faster."""

from collections.abc import Callable

import pytest
from tests.integration.api.conftest import Program
from tests.integration.cases.conftest import (
    applicant,
    clerk,
    decider,
    dispatcher,
    employer,
    filled,
    office,
    sign_in,
    work,
)

# The office of the cases' tests: here `applicant` and `employer` are actors.
__all__ = ["applicant", "clerk", "decider", "dispatcher", "employer", "filled", "office", "sign_in", "work"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def window(program_of: Callable[..., Program]) -> Program:
    return program_of("shouli")


def test_work_is_listed_counted_and_opened(office, window: Program) -> None:
    office.submit()

    assert window.get("/worklists").json()["open"] == 1
    (line,) = window.get(f"/worklists/open?text={office.number}").json()["items"]
    assert line["number"] == office.number
    file = window.get(f"/files/{office.number}").json()
    assert "accept" in {act["act"] for act in file["acts"]}
    assert file["party_name"] == "林示例"


def test_of_two_who_accept_one_is_told(office, window: Program) -> None:
    office.submit()

    assert window.post(f"/files/{office.number}/accept").status_code == 204
    second = window.post(f"/files/{office.number}/accept")

    assert second.status_code == 409
    assert second.json()["code"] == "case.move_not_allowed"


def test_a_clerk_of_another_city_finds_nothing(office, program_of) -> None:
    office.submit()
    other = program_of("nanjing")

    assert other.get(f"/files/{office.number}").status_code == 404
    assert other.post(f"/files/{office.number}/accept").status_code in {403, 404}
    assert other.get("/worklists/open").json()["items"] == []


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("grant", {}),
        ("refuse", {"reasons": "不符合条件。"}),
        ("dispatch", None),
        ("hand-over", {"capacity": "window"}),
    ],
)
def test_each_act_asks_for_its_own_role(office, window: Program, act: str, body: object) -> None:
    office.submit()

    assert window.post(f"/files/{office.number}/{act}", body).status_code == 403


def test_applicants_have_no_desk(office, program_of) -> None:
    office.submit()

    assert program_of("yaoshi").get(f"/files/{office.number}").status_code == 403


def test_a_correction_is_asked_for_once(office, window: Program) -> None:
    office.submit()
    item = {"slot": "photo", "defect": "照片不清晰。", "basis": "办事指南"}

    first = window.post(f"/files/{office.number}/correction", {"items": [item]})
    second = window.post(f"/files/{office.number}/correction", {"items": [item]})

    assert first.status_code == 204, first.content
    assert second.status_code in {409, 422}


def test_a_refusal_needs_reasons(office, program_of) -> None:
    office.propose()

    answer = program_of("jueding").post(f"/files/{office.number}/refuse", {"reasons": ""})

    assert answer.status_code == 422
    assert answer.json()["problems"][0]["key"] == "reasons"
