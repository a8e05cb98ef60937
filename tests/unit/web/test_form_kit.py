"""The form kit: what a field tells a screen reader, and what becomes of what people type."""

import re

import pytest
from django.http import QueryDict
from django.template import Context, Template

from suban.web.ui.form_kit import FieldSpec, field_view, read_answers
from suban.web.ui.form_kit.views import WIDGETS

USCC = FieldSpec(name="uscc", label="统一社会信用代码", type="uscc", help="营业执照上的 18 位代码")
SEX = FieldSpec(name="sex", label="性别", type="radio", options=(("1", "男"), ("2", "女")))


def show(
    spec: FieldSpec, answers: dict[str, object] | None = None, errors: dict[str, list[str]] | None = None
) -> str:
    view = field_view(spec, answers or {}, errors or {})
    return Template("{% load ui %}{% form_field field %}").render(Context({"field": view}))


def test_hint_and_error_are_read_with_the_input() -> None:
    html = show(USCC, {"uscc": "9132"}, {"uscc": ["应为 18 位，您输入了 4 位"]})

    assert 'aria-describedby="f-uscc-hint f-uscc-error"' in html
    assert 'id="f-uscc-hint"' in html
    assert 'id="f-uscc-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="9132"' in html


def test_a_choice_is_a_fieldset_whose_error_links_to_its_first_option() -> None:
    view = field_view(SEX, {"sex": "2"}, {"sex": ["请选择性别"]})
    html = show(SEX, {"sex": "2"})

    assert view.anchor == "f-sex-0"
    assert "<fieldset" in html
    assert "<legend" in html
    assert re.search(r'id="f-sex-1" value="2" checked', html)


def test_what_was_typed_is_escaped() -> None:
    html = show(FieldSpec(name="a", label="<b>", help="<i>"), {"a": '"><script>'})

    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_a_held_value_is_read_only_and_names_its_source() -> None:
    html = show(FieldSpec(name="a", label="学历", readonly=True, source="来自核验"), {"a": "本科"})

    assert " readonly" in html
    assert 'aria-describedby="f-a-source"' in html


def test_an_optional_field_says_so() -> None:
    assert "（选填）" in show(FieldSpec(name="a", label="备注", required=False))


@pytest.mark.parametrize("kind", sorted(WIDGETS))
def test_every_type_shows_a_label_that_belongs_to_an_input(kind: str) -> None:
    html = show(FieldSpec(name="a", label="名称", type=kind, options=(("1", "一"), ("2", "二"))))

    assert set(re.findall(r'for="([^"]+)"', html)) <= set(re.findall(r'id="([^"]+)"', html))
    assert 'for="' in html


@pytest.mark.parametrize(
    ("kind", "typed", "answer"),
    [
        pytest.param("uscc", " 9132 1191　ma1ａ ", "91321191MA1A", id="code with spaces and full width"),
        pytest.param("phone", "１３８ 0000 0000", "13800000000", id="phone in full width"),
        pytest.param("money", "1,200.50", "1200.50", id="thousands"),
        pytest.param("text", "  张 三 ", "张 三", id="text keeps its inside"),
        pytest.param("textarea", "一\r\n二\n", "一\n二", id="line ends"),
        pytest.param("radio", "2", "2", id="choice"),
        pytest.param("checkbox", "true", True, id="ticked"),
        pytest.param("checkbox", "", False, id="not ticked"),
    ],
)
def test_what_people_type_is_tidied(kind: str, typed: str, answer: object) -> None:
    posted = QueryDict(mutable=True)
    posted["a"] = typed

    assert read_answers([FieldSpec(name="a", label="", type=kind)], posted) == {"a": answer}


def test_several_choices_become_a_list_and_held_fields_cannot_be_posted() -> None:
    specs = [FieldSpec(name="a", label="", type="checkboxes"), FieldSpec(name="b", label="", readonly=True)]

    assert read_answers(specs, QueryDict("a=1&a=2&b=forged")) == {"a": ["1", "2"]}
