"""Finding matters by what people say, and lists that cost the same at any length."""

import pytest

from suban.catalogue.queries import (
    count_matters,
    find_matters_by_codes,
    find_structure_faults,
    get_matter,
    get_version,
    list_matters,
    search_matters,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("我想开药店", "yaoshi"),
        ("执业药师注册", "yaoshi"),
        ("药师证怎么办", "yaoshi"),
        ("新建厂房要备案吗", "beian"),
        ("项目代码", "beian"),
        ("京口区 投资 项目", "beian"),
        ("11321100MB0AAM0125", "yaoshi"),
    ],
)
def test_a_sentence_finds_its_matter_first(yaoshi, beian, said, expected) -> None:
    definition = {"yaoshi": yaoshi, "beian": beian}[expected]

    assert search_matters(said)[0].code == definition.code


@pytest.mark.parametrize(
    "said", ["", "   ", "？！", "' OR 1=1 --", '"', "NEAR(", "*", "a" * 5000, "量子计算"]
)
def test_strange_words_find_nothing_and_break_nothing(yaoshi, said) -> None:
    assert search_matters(said) == ()


def test_what_is_found_is_narrowed_by_region_and_applicant(yaoshi, beian) -> None:
    def codes(**narrowed):
        return {card.code for card in search_matters("执业药师 投资项目", **narrowed)}

    assert codes() == {yaoshi.code, beian.code}
    assert codes(region="321102") == {yaoshi.code, beian.code}
    assert codes(region="321111") == {yaoshi.code}
    assert codes(region="320100") == set()
    assert codes(target="person") == {yaoshi.code}
    assert codes(target="company") == {beian.code}


def test_lists_come_in_pages_by_code(yaoshi, beian) -> None:
    first = list_matters(limit=1)
    second = list_matters(limit=1, cursor=first.next_cursor)

    assert [card.code for card in (*first.cards, *second.cards)] == sorted([yaoshi.code, beian.code])
    assert second.next_cursor == ""
    assert count_matters(region="321100") == 2
    assert [card.code for card in list_matters(organ=yaoshi.organ).cards] == [yaoshi.code]
    assert set(find_matters_by_codes([yaoshi.code, "0"])) == {yaoshi.code}


def test_lists_and_searches_ask_a_constant_number_of_questions(
    yaoshi, beian, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        list_matters()
    with django_assert_num_queries(2):
        search_matters("执业药师 投资项目")


def test_a_version_read_before_comes_from_memory(
    yaoshi, django_assert_num_queries, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        matter = get_matter(yaoshi.code)

    with django_assert_num_queries(0):
        again = get_version(matter.version_id)
        faults = find_structure_faults(matter.version_id, {"sex": 1})

    assert again is matter
    assert [fault.field for fault in faults] == ["sex"]
