"""The drawing of an organ's seal, for every document that carries one."""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def get_seal_drawing() -> str:
    """Return the typst source that defines `seal(name)`; it goes before a template's own source."""
    return files("suban.licences").joinpath("templates_typ/seal.typ").read_text(encoding="utf-8")
