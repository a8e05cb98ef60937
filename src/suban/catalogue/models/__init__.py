"""Tables of the catalogue: matters, and the versions of their definitions."""

from suban.catalogue.models.matters import Matter, MatterVersion

__all__ = ["Matter", "MatterVersion"]
