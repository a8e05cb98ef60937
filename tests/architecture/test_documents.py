"""The documents tell the truth: links lead somewhere, cited tests exist, every act of the law has its line."""

import re
from pathlib import Path
from typing import Final

import pytest

from suban.cases.rules.frames import FRAMES

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LAW: Final = sorted((ROOT / "docs" / "law").glob("*.md"))
_LINK: Final = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
_NAME: Final = re.compile(r"`(test_\w+)`")


def find_dead_links(page: Path) -> list[str]:
    """Return the links of `page` to files that don't exist."""
    return [
        target
        for target in _LINK.findall(page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]


def test_the_check_finds_a_dead_link(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[a](page.md) [b](nowhere.md) [c](https://example.org) [d](#here)")

    assert find_dead_links(page) == ["nowhere.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert not find_dead_links(page)


@pytest.mark.parametrize("page", LAW, ids=lambda page: page.name)
def test_every_test_that_a_law_page_cites_exists(page: Path) -> None:
    cited = set(_NAME.findall(page.read_text()))
    there = {
        name
        for path in (ROOT / "tests").rglob("*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text())
    }

    assert cited
    assert not cited - there


def test_every_act_of_a_frame_has_its_line() -> None:
    text = "".join(page.read_text() for page in LAW)
    numbers = {move.number for table in FRAMES.values() for move in table.values()}

    assert not {number for number in numbers if f"| {number} | " not in text}


def test_the_glossary_is_sorted_and_names_each_word_once() -> None:
    lines = (ROOT / "docs" / "reference" / "glossary.md").read_text().splitlines()
    words = [line.split("|")[1].strip() for line in lines if line.startswith("|")][2:]

    assert words == sorted(set(words), key=str.casefold)


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text()

    assert not [
        page.name for page in folder.glob("*.md") if page.name != "README.md" and page.name not in listed
    ]


def test_every_context_has_its_page() -> None:
    contexts = {folder.parent.name for folder in (ROOT / "src" / "suban").glob("*/migrations")}
    pages = {page.stem for page in (ROOT / "docs" / "contexts").glob("*.md")}

    assert not contexts - pages
