"""Reads of the catalogue; they return frozen values."""

from suban.catalogue.queries.heads import MatterHeads
from suban.catalogue.queries.lists import (
    count_matters,
    find_matters_by_codes,
    list_common_matters,
    list_matters,
    list_organs_of,
    search_matters,
)
from suban.catalogue.queries.versions import (
    find_structure_faults,
    forget_versions,
    get_matter,
    get_version,
    list_versions,
)

__all__ = [
    "MatterHeads",
    "count_matters",
    "find_matters_by_codes",
    "find_structure_faults",
    "forget_versions",
    "get_matter",
    "get_version",
    "list_common_matters",
    "list_matters",
    "list_organs_of",
    "list_versions",
    "search_matters",
]
