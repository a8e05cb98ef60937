"""Matters that a department's own system handles: the shipped one is lawful, and what doesn't fit is found."""

import pytest

from suban.catalogue.rules import lint_definition
from suban.catalogue.services.shipped import load_shipped_matter
from suban.catalogue.types import ExternalHandling

THERE = ExternalHandling(system="jt-yunguan", name="道路运输管理系统")


def test_the_shipped_matter_of_a_departments_system_is_lawful() -> None:
    definition = load_shipped_matter("huoyun")

    assert definition.handled_by is not None
    assert lint_definition(definition) == ()


def test_a_filing_is_not_handled_elsewhere(beian) -> None:
    findings = lint_definition(beian.model_copy(update={"handled_by": THERE}))

    assert {finding.rule for finding in findings} == {"external.frame", "external.automatic"}


def test_what_is_handled_elsewhere_is_not_automatic_here(yaoshi) -> None:
    findings = lint_definition(yaoshi.model_copy(update={"handled_by": THERE, "automatic": True}))

    assert [finding.rule for finding in findings] == ["external.automatic"]


@pytest.mark.parametrize("key", ["", "x", "Big", "with space", "a" * 40])
def test_the_id_of_a_system_is_a_plain_word(key: str) -> None:
    with pytest.raises(ValueError, match="system"):
        ExternalHandling(system=key, name="系统")
