"""The tables article -> rule -> test name things that exist."""

import re
from pathlib import Path

import pytest

from suban.cases.rules import deadlines, engine
from suban.cases.rules.frames import FRAMES

ROOT = Path(__file__).parents[3]
TABLES = sorted((ROOT / "docs" / "law").glob("*.md"))


@pytest.fixture(scope="module")
def tests() -> set[str]:
    sources = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return {name for source in sources for name in re.findall(r"^def (test_\w+)", source, re.MULTILINE)}


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_every_test_that_a_table_names_exists(table: Path, tests: set[str]) -> None:
    named = set(re.findall(r"`(test_\w+)`", table.read_text("utf-8")))

    assert named
    assert named - tests == set()


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_every_rule_that_a_table_names_exists(table: Path) -> None:
    text = table.read_text("utf-8")
    named = re.findall(r"`(\w+).py::(\w+)`", text)
    days = re.findall(r"`(\w+_deadlines?)`", text)

    assert [f"{stage}.py::{name}" for stage, name in named if not hasattr(getattr(engine, stage), name)] == []
    assert [name for name in days if not hasattr(deadlines, name)] == []


def test_every_move_has_its_row() -> None:
    rows = set(re.findall(r"^\| ([TFR]\d\d) \|", "".join(t.read_text("utf-8") for t in TABLES), re.MULTILINE))

    assert {move.number for table in FRAMES.values() for move in table.values()} == rows
