"""Use cases of the catalogue; the only writers of its tables."""

from suban.catalogue.rules import dump_definition, load_definition
from suban.catalogue.services.publishing import (
    bring_versions_into_force,
    publish_matter,
    withdraw_matter,
)
from suban.catalogue.services.shipped import list_shipped_matters, load_shipped_matter

__all__ = [
    "bring_versions_into_force",
    "dump_definition",
    "list_shipped_matters",
    "load_definition",
    "load_shipped_matter",
    "publish_matter",
    "withdraw_matter",
]
