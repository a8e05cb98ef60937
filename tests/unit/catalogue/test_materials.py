"""Which materials are asked for, and how old one may be."""

from datetime import date

import pytest

from suban.catalogue.rules import find_age_fault, required_materials

TODAY = date(2026, 3, 15)


def test_seven_materials_and_a_conditional_eighth(yaoshi, pharmacist_answers) -> None:
    fresh = required_materials(yaoshi, pharmacist_answers, on=TODAY)
    old = required_materials(yaoshi, pharmacist_answers | {"certificate_issued_on": "2024-12-20"}, on=TODAY)

    assert len(fresh) == 7
    assert [one.slot for one in old if one not in fresh] == ["education_credits"]


def test_a_filing_asks_for_no_material(beian) -> None:
    assert required_materials(beian, {}, on=TODAY) == ()


@pytest.mark.parametrize(
    ("checked_on", "fault"),
    [
        ("2025-09-13", ""),
        ("2025-09-12", "最近 183 天内"),
        ("2026-03-16", "晚于今天"),
        ("", "请填写"),
    ],
)
def test_a_health_proof_has_an_age(yaoshi, checked_on, fault) -> None:
    found = find_age_fault(yaoshi.find_material("health_proof"), {"health_checked_on": checked_on}, on=TODAY)

    assert fault in found
    assert bool(found) == bool(fault)


def test_a_material_without_a_date_has_no_age(yaoshi) -> None:
    assert find_age_fault(yaoshi.find_material("photo"), {}, on=TODAY) == ""
