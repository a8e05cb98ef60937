"""What the tables promise: references follow the order of the contexts, and the database keeps its own integrity."""

import tomllib
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

ROOT: Final = Path(__file__).parents[2]
OPEN_TO_REFERENCES: Final = frozenset({"identity", "catalogue"})
Edge = tuple[str, str]


def _layers() -> dict[str, int]:
    """Return how high each context stands, as the import contract says."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (contract,) = [contract for contract in config["contracts"] if contract["id"] == "contexts"]
    heights: dict[str, int] = {}
    for height, layer in enumerate(reversed(contract["layers"])):
        heights |= {name.strip(" ()"): height for name in layer.split("|")}
    return heights


LAYERS: Final = _layers()
MODELS: Final = [model for model in apps.get_models() if model.__module__.startswith("suban.")]


def find_forbidden_references(edges: Iterable[Edge]) -> list[Edge]:
    """Return the foreign keys that cross a border upward, sideways, or into a closed context."""
    return [
        (source, target)
        for source, target in edges
        if source != target
        and (target not in OPEN_TO_REFERENCES or LAYERS.get(target, 99) >= LAYERS.get(source, -1))
    ]


def _edges() -> list[Edge]:
    return [
        (model._meta.app_label, field.remote_field.model._meta.app_label)
        for model in MODELS
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
    ]


@pytest.mark.parametrize(
    ("edge", "forbidden"),
    [
        (("cases", "cases"), False),
        (("cases", "identity"), False),
        (("licences", "catalogue"), False),
        (("catalogue", "catalogue"), False),
        (("identity", "catalogue"), True),
        (("cases", "licences"), True),
        (("notices", "identity"), True),
        (("cases", "foundation"), True),
    ],
)
def test_the_check_tells_bad_references_from_good(edge: Edge, forbidden: bool) -> None:
    assert bool(find_forbidden_references([edge])) is forbidden


def test_foreign_keys_cross_borders_only_downward_and_only_into_identity_and_catalogue() -> None:
    assert len(_edges()) > 5
    assert not find_forbidden_references(_edges())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_table_is_only_a_table(model: type[models.Model]) -> None:
    own = [kind for kind in model.__mro__ if kind.__module__.startswith("suban.")]

    assert not model._meta.ordering, "a query says its order itself"
    assert not model._meta.private_fields, "business links are no generic relations"
    for kind in own:
        assert not {"save", "delete", "clean"} & set(vars(kind)), "services write, rules check"


def test_every_table_with_a_state_lets_the_database_check_it() -> None:
    unchecked = [
        model._meta.label
        for model in MODELS
        if any(field.name == "state" for field in model._meta.concrete_fields)
        and not any(isinstance(one, models.CheckConstraint) for one in model._meta.constraints)
    ]

    assert not unchecked


@pytest.mark.django_db
def test_the_migrations_are_in_step_with_the_models() -> None:
    said = StringIO()
    labels = sorted({model._meta.app_label for model in MODELS})

    try:
        call_command("makemigrations", *labels, check=True, dry_run=True, stdout=said, no_color=True)
    except SystemExit:
        pytest.fail(f"make the migrations:\n{said.getvalue()}")


@pytest.mark.django_db
def test_the_migrations_of_each_context_are_one_line_of_named_steps() -> None:
    loader = MigrationLoader(connection)

    assert not loader.detect_conflicts()
    assert not [name for _, name in _own(loader) if "_auto_" in name]


def _own(loader: MigrationLoader) -> list[Any]:
    labels = {model._meta.app_label for model in MODELS}
    return [key for key in loader.disk_migrations if key[0] in labels]
