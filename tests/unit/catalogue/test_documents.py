"""Definitions as YAML: there and back, and nothing hostile in between."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suban.catalogue.errors import UnreadableDefinitionError
from suban.catalogue.rules import dump_definition, load_definition
from suban.catalogue.services.shipped import load_shipped_matter
from suban.catalogue.types import Faq

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
AWKWARD = st.sampled_from(
    [
        "0511",
        "12",
        "1.50",
        "true",
        "null",
        "~",
        "no",
        "2026-03-15",
        "- a",
        "a: b",
        "#x",
        "&a",
        "*a",
        "!t",
        " a ",
        "'",
        '"',
        "<<",
        "1:30",
    ]
)


@pytest.mark.parametrize("name", ["yaoshi", "beian"])
def test_a_definition_survives_being_written_and_read(name) -> None:
    definition = load_shipped_matter(name)

    read = load_definition(dump_definition(definition))

    assert read == definition
    assert read.digest == definition.digest


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(TEXTS | AWKWARD, TEXTS | AWKWARD), min_size=1, max_size=4), TEXTS | AWKWARD)
def test_any_text_survives_being_written_and_read(pairs, name) -> None:
    faq = tuple(Faq(question=question, answer=answer) for question, answer in pairs)
    definition = load_shipped_matter("beian").model_copy(update={"faq": faq, "name": name})

    assert load_definition(dump_definition(definition)) == definition


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("a: &x [1]\nb: *x\n", "第 1 行：不能使用锚点", id="anchor"),
        pytest.param("a: *x\n", "不能使用锚点（&）和引用（*）", id="alias"),
        pytest.param("a: !!python/object:os.system x\n", "不能使用标签", id="tag"),
        pytest.param("a: " + "[" * 40 + "]" * 40, "嵌套超过", id="deep"),
        pytest.param("a:\n" + "- 1\n" * 30_000, "内容超过", id="many"),
        pytest.param("a: " + "x" * 600_000, "文件超过", id="long"),
        pytest.param("a: 1\na: 2\n", "第 2 行：a 写了两次", id="twice"),
        pytest.param("a: 1\n<<: {b: 1}\n", "第 2 行：名称应为文字", id="merge"),
        pytest.param("a: [1\nb: 2", "不是正确的 YAML", id="syntax"),
        pytest.param("- 1", "名称: 内容", id="a list"),
        pytest.param("", "名称: 内容", id="nothing"),
        pytest.param("a: \x07", "不是正确的 YAML", id="control character"),
        pytest.param("? [1]\n: 2\n", "名称应为文字", id="complex key"),
    ],
)
def test_hostile_or_broken_text_is_refused(text, words) -> None:
    with pytest.raises(UnreadableDefinitionError) as refusal:
        load_definition(text)

    assert words in refusal.value.message


def test_faults_name_line_and_path() -> None:
    text = dump_definition(load_shipped_matter("beian"))
    broken = text.replace("frame: filing", "frame: ritual").replace(
        'region_code: "321102"', "region_code: 321102"
    )
    broken += "colour: red\n"
    line = broken.splitlines().index("frame: ritual") + 1

    with pytest.raises(UnreadableDefinitionError) as refusal:
        load_definition(broken)

    problems = refusal.value.problems
    assert any(problem.startswith(f"第 {line} 行 frame：不是允许的取值") for problem in problems)
    assert any("region_code：应为文字；数字、代码和电话请加引号" in problem for problem in problems)
    assert any("colour：没有这个名称" in problem for problem in problems)
