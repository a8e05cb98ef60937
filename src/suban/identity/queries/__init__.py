"""What may be asked of identity; answers are frozen, personal reads are logged."""

from suban.identity.queries.actors import (
    find_eligible_staff,
    find_username_by_phone,
    get_actor,
    get_staff,
    list_grants,
    list_staff,
    recheck,
)
from suban.identity.queries.heads import StaffHeads
from suban.identity.queries.organs import (
    find_organ,
    get_organ,
    list_organs,
    list_regions,
    organ_pk,
    search_organs,
    subtree,
)
from suban.identity.queries.parties import (
    find_company,
    find_person_by_citizen_id,
    get_company_view,
    get_display_name,
    get_masked_name,
    get_notice_address,
    get_realname_level,
    has_login,
    list_companies_of,
    read_company,
    read_person,
)

__all__ = [
    "StaffHeads",
    "find_company",
    "find_eligible_staff",
    "find_organ",
    "find_person_by_citizen_id",
    "find_username_by_phone",
    "get_actor",
    "get_company_view",
    "get_display_name",
    "get_masked_name",
    "get_notice_address",
    "get_organ",
    "get_realname_level",
    "get_staff",
    "has_login",
    "list_companies_of",
    "list_grants",
    "list_organs",
    "list_regions",
    "list_staff",
    "organ_pk",
    "read_company",
    "read_person",
    "recheck",
    "search_organs",
    "subtree",
]
