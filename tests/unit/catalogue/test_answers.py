"""Answers: brought into shape, checked, and named in words that mend."""

from datetime import date

import pytest

from suban.catalogue.rules import normalise_answers, show_answer, validate_answers, visible_fields
from suban.catalogue.types import Field, FieldType

TODAY = date(2026, 3, 15)


def test_complete_answers_have_no_errors(yaoshi, pharmacist_answers) -> None:
    assert validate_answers(yaoshi, pharmacist_answers, on=TODAY) == ()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (
            "employer_uscc",
            "91321102MA1ABMR0X",
            "统一社会信用代码应为 18 位，您输入了 17 位，请对照营业执照补全。",
        ),
        ("employer_uscc", "91321102MA1ABMR0X7", "校验码"),
        ("citizen_id", "32990019820315002", "身份证号应为 18 位，您输入了 17 位"),
        ("citizen_id", "329900198203150025", "校验码"),
        ("phone", "1380000", "应为 11 位手机号"),
        ("graduated_on", "2004-02-30", "不是存在的日期"),
        ("graduated_on", "20040630", "请按“年-月-日”填写"),
        ("graduated_on", "2026-03-16", "不能晚于 2026-03-15"),
        ("certificate_issued_on", "1980-01-01", "不能早于 1995-01-01"),
        ("sex", "other", "请从给出的选项中选择性别"),
        ("certificate_number", "abc", "由 6 至 30 位数字和大写字母组成"),
        ("name", "", "请填写姓名。"),
        ("education", None, "请选择学历。"),
        ("school", "大" * 101, "最多 100 个字，您输入了 101 个"),
        ("name", 5, "应为文字"),
    ],
)
def test_a_wrong_answer_is_named_with_what_mends_it(
    yaoshi, pharmacist_answers, field, value, message
) -> None:
    errors = validate_answers(yaoshi, pharmacist_answers | {field: value}, on=TODAY)

    assert [error.field for error in errors] == [field]
    assert message in errors[0].message


def test_an_unknown_answer_is_refused(yaoshi, pharmacist_answers) -> None:
    errors = validate_answers(yaoshi, pharmacist_answers | {"is_admin": "yes"}, on=TODAY)

    assert [(error.field, error.code) for error in errors] == [("is_admin", "unknown")]


def test_a_hidden_field_is_neither_asked_nor_checked(beian) -> None:
    names = {field.name for field in visible_fields(beian, {"foreign_investment": "no"}, on=TODAY)}

    assert "foreign_share" not in names
    assert "foreign_share" in {
        field.name for field in visible_fields(beian, {"foreign_investment": "yes"}, on=TODAY)
    }


def test_an_unticked_declaration_and_a_wrong_order_of_days_are_named(beian) -> None:
    answers = {"policy_declaration": False, "start_on": "2026-05-01", "finish_on": "2026-04-01"}

    errors = {error.field: error for error in validate_answers(beian, answers, on=TODAY)}

    assert errors["policy_declaration"].code == "must_agree"
    assert errors["finish_on"].message == "拟建成日期不能早于 2026-05-01，请核对。"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1,200,000.50", 120000050),
        ("5", 500),
        ("0.001", "0.001"),
        ("abc", "abc"),
        ("1e400", "1e400"),
        ("NaN", "NaN"),
    ],
)
def test_money_becomes_fen_or_stays_as_typed(beian, typed, stored) -> None:
    assert normalise_answers(beian, {"total_investment": typed}) == {"total_investment": stored}


def test_answers_are_brought_into_one_shape(beian) -> None:
    typed = {
        "company_uscc": " 91321102ma1abmr0x6 ",
        "policy_declaration": "on",
        "contact_phone": "138 0000 0000",
        "unknown": "dropped",
    }

    assert normalise_answers(beian, typed) == {
        "company_uscc": "91321102MA1ABMR0X6",
        "policy_declaration": True,
        "contact_phone": "13800000000",
    }


@pytest.mark.parametrize(("value", "code"), [(99, "out_of_range"), ("many", "invalid"), (True, "invalid")])
def test_money_is_checked(beian, value, code) -> None:
    errors = validate_answers(beian, {"total_investment": value}, on=TODAY)

    assert ("total_investment", code) in {(error.field, error.code) for error in errors}


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (Field(name="a", label="金额", type=FieldType.MONEY), 120000050, "1,200,000.50 元"),
        (Field(name="a", label="同意", type=FieldType.CHECKBOX), True, "是"),
        (Field(name="a", label="比例", type=FieldType.NUMBER, unit="%"), 30, "30 %"),
        (Field(name="a", label="文字", type=FieldType.TEXT), None, ""),
    ],
)
def test_answers_are_shown_as_people_read_them(field, value, shown) -> None:
    assert show_answer(field, value) == shown


def test_multi_choice_shows_labels() -> None:
    options = ({"value": "a", "label": "甲"}, {"value": "b", "label": "乙"})
    field = Field.model_validate({"name": "m", "label": "多选", "type": "multi_choice", "options": options})

    assert show_answer(field, ["a", "b"]) == "甲、乙"
