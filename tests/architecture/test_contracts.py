"""The import contracts do what they say: each is broken on purpose in an empty copy of the tree.

An import border that nobody has ever seen closed may stand open.
"""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[2]
SOURCE: Final = ROOT / "src" / "suban"
CONFIG: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS: Final[dict[str, dict[str, Any]]] = {contract["id"]: contract for contract in CONFIG["contracts"]}
CONTEXTS: Final = sorted(folder.parent.name for folder in SOURCE.glob("*/migrations"))


@pytest.fixture(scope="module")
def empty_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the tree in which every module is empty."""
    folder = tmp_path_factory.mktemp("tree")
    for module in SOURCE.rglob("*.py"):
        copy = folder / "src" / module.relative_to(SOURCE.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.touch()
    for package in ("web/portal", "web/workbench"):
        (folder / "src/suban" / package).mkdir(exist_ok=True)
        (folder / "src/suban" / package / "__init__.py").touch()
    return folder


@pytest.fixture
def tree(empty_tree: Path, tmp_path: Path) -> Path:
    """Return an empty tree that a test may break."""
    shutil.copytree(empty_tree, tmp_path / "tree")
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "tree")
    return tmp_path / "tree"


def _lint(tree: Path, *contracts: str) -> "subprocess.CompletedProcess[str]":
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", *chosen],
        cwd=tree,
        env={"PYTHONPATH": str(tree / "src"), "PATH": "", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_tree_without_imports_keeps_every_contract(tree: Path) -> None:
    done = _lint(tree)

    assert done.returncode == 0, done.stdout + done.stderr


VIOLATIONS: Final = [
    pytest.param("contexts", "foundation/ports.py", "import suban.cases.services", id="down to up"),
    pytest.param("contexts", "licences/ports.py", "import suban.delivery.types", id="sibling to sibling"),
    pytest.param("contexts", "kernel/clock.py", "import suban.foundation.types", id="kernel knows a context"),
    pytest.param("contexts", "misc/__init__.py", "", id="a context without a place"),
    pytest.param(
        "inside", "foundation/queries/evidence.py", "import suban.foundation.services", id="read writes"
    ),
    pytest.param(
        "inside", "cases/rules/engine/deciding.py", "import suban.cases.models", id="a rule reads tables"
    ),
    pytest.param("inside", "notices/events.py", "import suban.notices.rules", id="an event decides"),
    pytest.param("inside", "identity/utils.py", "", id="a module outside the closed list"),
    pytest.param("web", "web/ui/views.py", "import suban.web.account", id="the look knows accounts"),
    pytest.param("web", "web/account/views.py", "import suban.web.portal", id="account knows the portal"),
    pytest.param(
        "web", "web/portal/__init__.py", "import suban.web.workbench", id="portal knows the workbench"
    ),
    pytest.param("web", "web/common/__init__.py", "", id="a site without a place"),
    pytest.param("doors", "web/portal/__init__.py", "import suban.notices.adapters.mail", id="past the door"),
    pytest.param("simulators", "simulators/server.py", "import suban.exchange.types", id="simulator cheats"),
    pytest.param("simulators", "simulators/server.py", "import django", id="simulator on Django"),
    pytest.param("pure", "kernel/clock.py", "import django.utils", id="kernel on Django"),
    pytest.param(
        "pure", "cases/rules/engine/deciding.py", "from django.db import models", id="rules on Django"
    ),
    pytest.param("pure", "exchange/types.py", "import httpx", id="types that call out"),
]


@pytest.mark.parametrize(("contract", "module", "line"), VIOLATIONS)
def test_a_violation_is_found(tree: Path, contract: str, module: str, line: str) -> None:
    path = tree / "src" / "suban" / module
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{line}\n")

    done = _lint(tree, contract)

    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{CONTRACTS[contract]['name']} BROKEN" in done.stdout


@pytest.mark.parametrize("context", CONTEXTS)
def test_nobody_reads_the_tables_of_another(tree: Path, context: str) -> None:
    (tree / "src" / "suban" / "web" / "ui" / "views.py").write_text(f"import suban.{context}.models\n")

    done = _lint(tree, f"private-{context}")

    assert done.returncode == 1, done.stdout + done.stderr
    assert f"Tables of {context} are its own BROKEN" in done.stdout


def test_a_circle_is_found(tree: Path) -> None:
    (tree / "src/suban/kernel/clock.py").write_text("import suban.kernel.errors\n")
    (tree / "src/suban/kernel/errors.py").write_text("import suban.kernel.clock\n")

    done = _lint(tree, "cycles")

    assert done.returncode == 1
    assert "goes round in a circle BROKEN" in done.stdout


def test_every_contract_is_broken_on_purpose_here() -> None:
    tried = {violation.values[0] for violation in VIOLATIONS}

    assert set(CONTRACTS) == tried | {f"private-{context}" for context in CONTEXTS} | {"cycles"}


def test_every_context_has_the_inside_order() -> None:
    assert set(CONTRACTS["inside"]["containers"]) == {f"suban.{context}" for context in CONTEXTS}


def test_everything_above_the_contexts_enters_by_the_doors() -> None:
    above = {name for name in ("web", "api", "demo", "insights") if (SOURCE / name).is_dir()}

    assert set(CONTRACTS["doors"]["source_modules"]) == {f"suban.{name}" for name in above}
