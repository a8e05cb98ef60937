"""What identity tells others: who acts, with which rights, and the frozen views of people and organs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from suban.kernel.identifiers import Sex
from suban.kernel.references import Ref, make_ref


class Role(StrEnum):
    """What a staff member may do within an organ."""

    CLERK = "clerk"
    EXAMINER = "examiner"
    REVIEWER = "reviewer"
    DECIDER = "decider"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The Chinese word of the counter."""
        return ROLE_LABELS[self]


ROLE_LABELS: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.CLERK: "收件受理",
        Role.EXAMINER: "审查",
        Role.REVIEWER: "审核",
        Role.DECIDER: "决定",
        Role.DISPATCHER: "制证送达",
        Role.SUPERVISOR: "效能监督",
        Role.ADMINISTRATOR: "系统管理",
    },
)


class MemberRole(StrEnum):
    """In which capacity a person acts for a company."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    AGENT = "agent"

    @property
    def label(self) -> str:
        """The Chinese legal term."""
        return "法定代表人" if self is MemberRole.LEGAL_REPRESENTATIVE else "经办人"


class RealnameLevel:
    """How surely we know who somebody is (国办函〔2016〕108号's levels, L1 to L4)."""

    PHONE: Final = 1
    COMPARED: Final = 2
    FACE_OR_BANK: Final = 3
    COUNTER_OR_CERTIFICATE: Final = 4


@dataclass(frozen=True, slots=True)
class Grant:
    """One right, flattened: a role in every organ of a subtree, for some matters or (None) for all."""

    role: Role
    organs: frozenset[str]
    matters: frozenset[str] | None = None

    def covers(self, role: Role, organ: str, matter: str | None) -> bool:
        """Tell whether this grant gives `role` in `organ`; with a matter, whether it reaches that too."""
        if role is not self.role or organ not in self.organs:
            return False
        return matter is None or self.matters is None or matter in self.matters


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person (perhaps for a company), a staff member, or the system itself."""

    ref: Ref
    name: str
    on_behalf_of: str = ""
    realname_level: int = 0
    grants: tuple[Grant, ...] = ()
    grants_version: int = 0
    user_id: int | None = None
    organ: str = ""

    @property
    def party(self) -> str:
        """The one whose rights are at stake: the company acted for, else the actor."""
        return self.on_behalf_of or self.ref

    @property
    def is_staff(self) -> bool:
        """Tell whether the actor works for an organ."""
        return self.ref.startswith("staff:")

    @property
    def is_system(self) -> bool:
        """Tell whether the software itself acts."""
        return self.ref.startswith("system:")

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held anywhere."""
        return frozenset(grant.role for grant in self.grants)

    def may(self, role: Role, organ: str, matter: str | None = None) -> bool:
        """Tell whether the actor holds `role` in `organ` (USCC), for `matter` if one is named."""
        return any(grant.covers(role, organ, matter) for grant in self.grants)

    def organs_for(self, role: Role) -> frozenset[str]:
        """Return the USCCs of every organ in which the actor holds `role`."""
        return frozenset().union(*(grant.organs for grant in self.grants if grant.role is role))


SYSTEM: Final = Actor(ref=make_ref("system", "suban"), name="速办系统")


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """A person in clear; whoever gets this has been logged."""

    ref: Ref
    name: str
    citizen_id: str
    phone: str
    email: str
    address: str
    birth_date: date
    sex: Sex


@dataclass(frozen=True, slots=True)
class CompanyDetails:
    """A company with its legal representative in clear."""

    ref: Ref
    name: str
    uscc: str
    legal_representative: str
    address: str


@dataclass(frozen=True, slots=True)
class CompanyView:
    """A company as one of its members sees it."""

    ref: Ref
    uscc: str
    name: str
    role: MemberRole
    scope: str
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class OrganView:
    """A government organ: public facts."""

    uscc: str
    name: str
    short_name: str
    level: str
    region_code: str
    parent: str

    @property
    def ref(self) -> Ref:
        """The organ's reference."""
        return make_ref("organ", self.uscc)


@dataclass(frozen=True, slots=True)
class StaffView:
    """A staff member: name, organ and post are public in office."""

    ref: Ref
    username: str
    name: str
    organ: str
    post: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class GrantView:
    """A right as it was granted, before flattening."""

    role: Role
    organ: str
    matters: tuple[str, ...] | None
    holder: str
    granted_by: str


@dataclass(frozen=True, slots=True)
class RegionView:
    """An administrative division of GB/T 2260 (6 digits) or a township (9)."""

    code: str
    name: str
    parent: str
