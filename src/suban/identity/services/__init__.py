"""Use cases of identity; the only writers of its tables."""

from suban.identity.services.accounts import close_account, create_login
from suban.identity.services.companies import add_company_member, end_company_member, register_company
from suban.identity.services.counter import meet_company, meet_person
from suban.identity.services.grants import grant_role, grant_role_to_post, revoke_role, revoke_role_from_post
from suban.identity.services.organs import import_regions, import_regions_of_jiangsu, register_organ
from suban.identity.services.people import (
    confirm_realname_level,
    erase_person,
    register_applicant,
    register_person,
    update_contact,
)
from suban.identity.services.staff import create_staff, move_staff
from suban.identity.services.throttle import admit_code_attempt
from suban.identity.services.tokens import issue_token, revoke_token, use_token

__all__ = [
    "add_company_member",
    "admit_code_attempt",
    "close_account",
    "confirm_realname_level",
    "create_login",
    "create_staff",
    "end_company_member",
    "erase_person",
    "grant_role",
    "grant_role_to_post",
    "import_regions",
    "import_regions_of_jiangsu",
    "issue_token",
    "meet_company",
    "meet_person",
    "move_staff",
    "register_applicant",
    "register_company",
    "register_organ",
    "register_person",
    "revoke_role",
    "revoke_role_from_post",
    "revoke_token",
    "update_contact",
    "use_token",
]
