"""Kinds of fields that the shipped matters don't use, and the corners of the rules."""

from datetime import date

import pytest

from suban.catalogue.errors import ExpressionRefusedError, UnknownMatterError
from suban.catalogue.rules import (
    evaluate,
    form_schema,
    format_number,
    lint_definition,
    normalise_answers,
    validate_answers,
)
from suban.catalogue.rules.expressions import parse_expression
from suban.catalogue.rules.patterns import compile_pattern
from suban.catalogue.services import load_shipped_matter
from suban.catalogue.types import Field, FieldType, LawProfile, Material, Section

TODAY = date(2026, 3, 15)
OPTIONS = ({"value": "a", "label": "甲"}, {"value": "b", "label": "乙"})
FIELDS = (
    {"name": "many", "label": "多选", "type": "multi_choice", "options": OPTIONS},
    {"name": "agree", "label": "同意", "type": "checkbox", "required": False},
    {"name": "count", "label": "数量", "type": "number", "minimum": 1, "maximum": 9, "unit": "件"},
    {"name": "short", "label": "简称", "type": "text", "min_length": 2, "required": False},
    {"name": "mail", "label": "邮箱", "type": "email", "required": False},
    {"name": "area", "label": "地区", "type": "region"},
)
GOOD = {
    "many": ["a", "b"],
    "agree": True,
    "count": 2,
    "short": "简称",
    "mail": "a@example.com",
    "area": "321102",
}


@pytest.fixture
def survey(beian):
    """A definition whose form has every other kind of field."""
    fields = tuple(Field.model_validate(field) for field in FIELDS)
    return beian.model_copy(update={"form": (Section(key="all", title="全部", fields=fields),), "checks": ()})


def test_good_answers_of_every_kind_pass(survey) -> None:
    assert validate_answers(survey, GOOD, on=TODAY) == ()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("many", [], "请选择多选。"),
        ("many", "a", "请从选项中选择多选"),
        ("many", ["c"], "请从给出的选项中选择多选"),
        ("agree", "yes", "只能勾选或不勾选"),
        ("count", 0, "数量不能小于 1 件"),
        ("count", 10, "数量不能大于 9 件"),
        ("count", "two", "应为数字，例如 120"),
        ("short", "简", "至少 2 个字，您输入了 1 个"),
        ("mail", "nobody", "应为电子邮箱地址"),
        ("area", "32", "应为 6 位行政区划代码"),
        ("area", "", "请选择地区。"),
    ],
)
def test_wrong_answers_of_every_kind_are_named(survey, field, value, words) -> None:
    errors = validate_answers(survey, GOOD | {field: value}, on=TODAY)

    assert [error.field for error in errors] == [field]
    assert words in errors[0].message


@pytest.mark.parametrize("field", ["agree", "short", "mail"])
def test_what_is_optional_may_be_missing(survey, field) -> None:
    assert validate_answers(survey, GOOD | {field: None}, on=TODAY) == ()


def test_answers_of_every_kind_are_brought_into_shape(survey) -> None:
    typed = {"many": "a", "agree": "", "count": "2.5", "short": " x ", "area": 321102}

    assert normalise_answers(survey, typed) == {
        "many": ["a"],
        "agree": False,
        "count": 2.5,
        "short": "x",
        "area": 321102,
    }
    assert normalise_answers(survey, {"many": ""}) == {"many": []}


def test_every_kind_has_its_schema(survey) -> None:
    properties = form_schema(survey)["properties"]

    assert properties["many"]["items"]["enum"] == ["a", "b"]
    assert (properties["count"]["minimum"], properties["count"]["maximum"]) == (1, 9)
    assert properties["short"]["minLength"] == 2


def test_corners_of_expressions() -> None:
    assert evaluate("-a", {"a": 2}) == -2
    assert evaluate("-a", {"a": "x"}) is None
    assert evaluate("add_months(a, 1)", {}) is None
    assert evaluate("add_months('9999-12-01', 1)", {}) is None
    assert evaluate("add_years('2026-01-01', 'x')", {}) is None
    with pytest.raises(ExpressionRefusedError, match="嵌套太深"):
        parse_expression("(" * 17 + "not " * 17 + "a" + ")" * 17)


@pytest.mark.parametrize(
    "pattern", ["[z-a]", "a{9,1}", "(a)", "a*", "a+", "a{1,2}b{1,2}c{1,2}d{1,2}", "a" * 121]
)
def test_patterns_that_are_wrong_or_too_rich_are_refused(pattern) -> None:
    with pytest.raises(ExpressionRefusedError):
        compile_pattern(pattern)


def test_a_number_needs_its_answers() -> None:
    with pytest.raises(ValueError, match="没有值"):
        format_number("{answers.kind}{serial:3}", serial=1, on=TODAY)


def test_more_faults_are_found(yaoshi) -> None:
    definition = yaoshi.model_copy(
        update={
            "organ": "11321100MB0AAM0126",
            "situations": (
                yaoshi.situations[0].model_copy(
                    update={
                        "options": tuple(
                            option.model_copy(update={"materials": ("nothing",)})
                            for option in yaoshi.situations[0].options
                        )
                    }
                ),
            ),
            "form": (
                Section(
                    key="one",
                    title="一",
                    fields=(
                        Field.model_validate(
                            {
                                "name": "c",
                                "label": "选",
                                "type": "choice",
                                "options": (OPTIONS[0], OPTIONS[0]),
                            }
                        ),
                        Field(name="t", label="长", type=FieldType.TEXTAREA, pattern="a", pattern_hint="a"),
                    ),
                ),
            ),
            "result": yaoshi.result.model_copy(
                update={"face": (yaoshi.result.face[0].model_copy(update={"value": "moon.phase"}),)}
            ),
        }
    )

    found = {finding.rule for finding in lint_definition(definition)}

    assert {"code.uscc", "situation.slot", "field.options", "field.pattern", "path.unknown"} <= found


def test_a_longer_limit_stands_on_a_law(yaoshi) -> None:
    law = yaoshi.bases[0].model_copy(update={"level": "law"})
    profile = yaoshi.law_profile.model_copy(update={"legal_days": 45})
    definition = yaoshi.model_copy(update={"law_profile": profile, "bases": (law,)})

    assert "time.legal" not in {finding.rule for finding in lint_definition(definition)}


def test_parts_refuse_what_doesnt_belong_together(yaoshi) -> None:
    with pytest.raises(ValueError, match="未知的名称"):
        LawProfile.model_validate(
            yaoshi.law_profile.model_dump(mode="json")
            | {"articles": yaoshi.law_profile.articles | {"x": "y"}}
        )
    with pytest.raises(ValueError, match="需要 promise_text"):
        Material.model_validate(yaoshi.materials[0].model_dump(mode="json") | {"promise_allowed": True})


def test_names_of_parts_are_found(yaoshi) -> None:
    assert yaoshi.implementation_code == "11321100MB0AAM01253000172022000"
    assert yaoshi.find_step("decide").role == "decider"
    assert yaoshi.law_profile.article("legal_days").startswith("行政许可法")
    with pytest.raises(UnknownMatterError):
        load_shipped_matter("nothing")
