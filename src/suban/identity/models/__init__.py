"""Tables of identity: accounts, people, companies, organs and rights."""

from suban.identity.models.accounts import ThrottleEntry, User
from suban.identity.models.organs import GrantRow, Organ, Post, Region, Staff
from suban.identity.models.parties import Company, CompanyMember, Person
from suban.identity.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "Company",
    "CompanyMember",
    "GrantRow",
    "Organ",
    "Person",
    "Post",
    "Region",
    "Staff",
    "ThrottleEntry",
    "User",
]
