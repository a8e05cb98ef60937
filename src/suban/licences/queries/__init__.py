"""What others may read of licences."""

from suban.licences.queries.drawing import get_seal_drawing
from suban.licences.queries.heads import LicenceHeads
from suban.licences.queries.licences import (
    find_held,
    get_licence_for,
    get_licence_of_case,
    get_public_licence,
    list_licences_of,
)
from suban.licences.queries.trust import get_status_list, get_trust
from suban.licences.queries.verification import open_status_list, verify_licence_code, verify_licence_file

__all__ = [
    "LicenceHeads",
    "find_held",
    "get_licence_for",
    "get_licence_of_case",
    "get_public_licence",
    "get_seal_drawing",
    "get_status_list",
    "get_trust",
    "list_licences_of",
    "open_status_list",
    "verify_licence_code",
    "verify_licence_file",
]
