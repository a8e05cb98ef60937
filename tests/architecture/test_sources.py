"""House rules that the tools don't check: sizes, who writes, no signals. Each rule with examples of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from tests.architecture import sources

ROOT: Final = Path(__file__).parents[2]
SOURCE: Final = ROOT / "src" / "suban"
LONGEST_FILE: Final = 400
LONGEST_TEST_FILE: Final = 500  # tables of examples are long
MODULES: Final = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
TESTS: Final = sorted((ROOT / "tests").rglob("*.py"))
# Who may listen to a signal of Django, and why.
LISTENERS: Final = {
    "foundation/apps.py": "the evidence is protected anew after every migrate",
    "catalogue/apps.py": "the search index is made after migrate, outside the migrations",
}

Check = Callable[[str], list[str]]


def _faults(paths: list[Path], check: Check) -> list[str]:
    return [f"{path.relative_to(ROOT)}: {fault}" for path in paths for fault in check(path.read_text())]


def _is_service(path: Path) -> bool:
    return path.relative_to(SOURCE).parts[1:2] in {("services",), ("services.py",)}


EXAMPLES: Final = [
    (sources.find_long_functions, "def f():\n" + "    x = 1\n" * 60, "def f():\n" + "    x = 1\n" * 59),
    (sources.find_missing_docstring, "x = 1", '"""Says what it is for."""\nx = 1'),
    (sources.find_missing_docstring, "import this", ""),
    (sources.find_assigned_projections, "row.state = 'granted'", "state = 'granted'"),
    (sources.find_assigned_projections, "row.due_on: date = day", "Case(due_on=day)"),
    (sources.find_assigned_projections, "a, row.legal_due_on = 1, day", "self.state = state"),
    (sources.find_writes, "Case.objects.filter(pk=1).update(state='x')", "words.update(state='x')"),
    (sources.find_writes, "Case.objects.create(state='x')", "client.create(state='x')"),
    (sources.find_writes, "row.save(update_fields=['state'])", "Case.objects.filter(pk=1).first()"),
    (sources.find_signals, "from django.db.models.signals import post_save", "import signal"),
    (sources.find_signals, "from django.dispatch import receiver", "from django.db import models"),
]


@pytest.mark.parametrize(("check", "bad", "good"), EXAMPLES)
def test_the_checks_tell_bad_from_good(check: Check, bad: str, good: str) -> None:
    assert check(bad)
    assert not check(good)


def test_no_file_is_longer_than_the_ceiling() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for paths, ceiling in ((MODULES, LONGEST_FILE), (TESTS, LONGEST_TEST_FILE))
        for path in paths
        if (lines := len(path.read_text().splitlines())) > ceiling
    ]

    assert not too_long


def test_no_function_is_longer_than_the_ceiling() -> None:
    assert not _faults(MODULES, sources.find_long_functions)


def test_every_module_says_what_it_is_for() -> None:
    assert not _faults([*MODULES, *TESTS], sources.find_missing_docstring)


def test_only_the_engine_assigns_the_state_and_the_due_dates_of_a_case() -> None:
    others = [path for path in MODULES if "cases" in path.parts and not _is_service(path)]

    assert others
    assert not _faults(others, sources.find_assigned_projections)


def test_only_services_write() -> None:
    assert not _faults([path for path in MODULES if not _is_service(path)], sources.find_writes)


def test_nobody_listens_to_signals() -> None:
    others = [path for path in MODULES if str(path.relative_to(SOURCE)) not in LISTENERS]

    assert not _faults(others, sources.find_signals)


@pytest.mark.parametrize("listener", sorted(LISTENERS))
def test_the_list_of_listeners_is_current(listener: str) -> None:
    assert sources.find_signals((SOURCE / listener).read_text())
