"""The turns beside the usual way over the interface."""

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

from suban.demo.province import city_organ

# The office of the cases' tests: here `applicant` and `employer` are actors.
__all__ = ["applicant", "clerk", "decider", "dispatcher", "employer", "filled", "office", "sign_in", "work"]
pytestmark = pytest.mark.django_db


def test_a_slip_is_offered_and_mended(office, program_of) -> None:
    office.submit()
    desk, owner = program_of("shouli"), program_of("yaoshi")

    offered = desk.post(f"/files/{office.number}/mending", {"fields": ["school"], "words": "漏字。"})
    seen = owner.get(f"/cases/{office.number}").json()
    mended = owner.post(f"/cases/{office.number}/mending", {"answers": {"school": "江苏省示例药科大学"}})

    assert offered.status_code == 204
    assert (seen["mending"], seen["mending_words"]) == (["school"], "漏字。")
    assert mended.status_code == 204
    assert owner.get(f"/cases/{office.number}").json()["answers"]["school"] == "江苏省示例药科大学"


def test_the_right_organ_is_named(office, program_of) -> None:
    office.submit()
    organ = city_organ("3201")

    turned = program_of("shouli").post(
        f"/files/{office.number}/not-competent", {"organ": organ, "reasons": "在南京执业。"}
    )

    assert turned.status_code == 204
    ending = program_of("yaoshi").get(f"/cases/{office.number}").json()["ending"]
    assert (ending["kind"], ending["organ"]) == ("not_competent", organ)


def test_sent_back_and_charged_with_false_material(office, program_of) -> None:
    office.propose()
    desk: Program = program_of("jueding")
    charge = {"slots": ["health_proof"], "reasons": "伪造。", "heard": "没有申辩。"}

    back = desk.post(f"/files/{office.number}/return", {"target": "examine", "reasons": "再查。"})
    charged = desk.post(f"/files/{office.number}/false-material", charge)
    again = program_of("yaoshi").start(key="key-00000009")

    assert (back.status_code, charged.status_code) == (204, 204)
    assert again.json()["code"] == "case.banned"
    assert "行政许可法 第七十八条" in again.json()["detail"]


def test_told_that_none_is_needed_or_ended_early_one_may_complain(office, program_of) -> None:
    office.submit()
    told = {"ground": "applicant_gone", "basis": "办法第十条。", "reasons": "单位注销。"}
    ended = program_of("jueding").post(f"/files/{office.number}/terminate", told)
    owner = program_of("yaoshi")

    remedy = owner.get(f"/cases/{office.number}").json()["remedy"]
    made = owner.post(f"/cases/{office.number}/reconsideration", {"wish": "撤销。", "reasons": "我还在。"})

    assert ended.status_code == 204
    assert (remedy["against"], remedy["deadline"]) == ("decision", None)
    assert made.status_code == 200
    letters = {letter["key"] for letter in owner.get(f"/cases/{office.number}").json()["letters"]}
    assert made.json()["letter"] in letters


@pytest.mark.parametrize(
    "act", ["not-needed", "not-competent", "mending", "false-material", "terminate", "return"]
)
def test_an_applicant_takes_no_turn_of_the_desk(office, program_of, act) -> None:
    office.submit()

    assert program_of("yaoshi").post(f"/files/{office.number}/{act}", {}).status_code in {401, 403}
