"""The command line of whoever keeps the list of matters."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from suban.catalogue.rules import load_definition
from suban.catalogue.services import dump_definition, load_shipped_matter

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command("matter", *words, stdout=out)
    return out.getvalue()


def test_a_file_is_linted_published_and_exported_again(organs, tmp_path) -> None:
    file = tmp_path / "matter.yaml"
    file.write_text(dump_definition(load_shipped_matter("beian")), encoding="utf-8")

    assert "没有问题" in run("lint", str(file))
    assert "第 1 版" in run("publish", str(file))
    assert load_definition(run("export", load_shipped_matter("beian").code)) == load_shipped_matter("beian")
    assert '"MatterDefinition"' in run("schema")


@pytest.mark.parametrize(
    ("content", "words"),
    [("a: [", "不是正确的 YAML"), ("a: 1", "第 1 行 a：没有这个名称"), (None, "No such file")],
)
def test_a_fault_ends_with_its_words(tmp_path, content, words) -> None:
    file = tmp_path / "matter.yaml"
    if content is not None:
        file.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match=words):
        run("lint", str(file))


def test_an_unlawful_file_names_place_and_rule(tmp_path) -> None:
    file = tmp_path / "matter.yaml"
    definition = load_shipped_matter("yaoshi").model_copy(update={"promised_days": 21})
    file.write_text(dump_definition(definition), encoding="utf-8")

    with pytest.raises(CommandError, match=r"promised_days（time\.promise）"):
        run("lint", str(file))
