"""The definitions that come with Suban, read from the package."""

from importlib.resources import files
from typing import Final

from suban.catalogue.errors import UnknownMatterError
from suban.catalogue.rules import load_definition
from suban.catalogue.types import MatterDefinition

PACKAGE: Final = "suban.catalogue"
FOLDER: Final = "matters"
SUFFIX: Final = ".yaml"


def list_shipped_matters() -> tuple[str, ...]:
    """Return the names of the definitions that come with Suban."""
    names = (entry.name for entry in (files(PACKAGE) / FOLDER).iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)))


def load_shipped_matter(name: str) -> MatterDefinition:
    """Return the definition called `name`.

    :raises UnknownMatterError: no definition of this name comes with Suban.
    """
    if name not in list_shipped_matters():
        raise UnknownMatterError(f"没有随系统提供名为“{name}”的事项定义。", name=name)
    return load_definition((files(PACKAGE) / FOLDER / f"{name}{SUFFIX}").read_text(encoding="utf-8"))
