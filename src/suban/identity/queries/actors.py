"""Who acts, and with which rights: flattened once per grants version, compared again at every act."""

from collections import defaultdict
from datetime import datetime
from functools import lru_cache

from django.db.models import Q, QuerySet

from suban.foundation.services.sealing import blind_index, unseal
from suban.identity.errors import (
    NotAMemberError,
    RightLostError,
    UnknownAccountError,
    UnknownStaffError,
)
from suban.identity.models import CompanyMember, GrantRow, Organ, Person, Staff, User
from suban.identity.queries.organs import subtree
from suban.identity.rules import ancestors, clean_phone, has_expired, lost_grants
from suban.identity.types import Actor, Grant, GrantView, Role, StaffView
from suban.kernel.clock import civil_day
from suban.kernel.references import Ref


def get_actor(user_id: int, on_behalf_of: str = "", *, at: datetime | None = None) -> Actor:
    """Return who stands behind an account, with the rights of this moment.

    A mandate with a last day needs `at`; without it such a mandate is taken as ended.

    :raises UnknownAccountError: the account is closed or stands for nobody.
    :raises NotAMemberError: the person may not act for that company.
    """
    actor = _find_actor(user_id, on_behalf_of)
    if on_behalf_of:
        _check_mandate(actor.ref, on_behalf_of, at)
    return actor


def recheck(actor: Actor, *, at: datetime | None = None) -> Actor:
    """Return the actor as of now; every act of consequence starts with this.

    Without `at` a mandate is only asked whether it was taken back: its last day was compared when the
    request began.

    :raises RightLostError: the account was closed or a right was taken back since sign-in.
    :raises NotAMemberError: the mandate for the company has ended.
    """
    if actor.user_id is None:
        return actor
    try:
        present = _find_actor(actor.user_id, actor.on_behalf_of)
    except UnknownAccountError as gone:
        raise RightLostError("您的账户已停用，请联系本机构管理员。") from gone
    if actor.on_behalf_of:
        _check_mandate(actor.ref, actor.on_behalf_of, at, compare_day=at is not None)
    if present.grants_version != actor.grants_version and lost_grants(actor.grants, present.grants):
        raise RightLostError("您的权限已变更，本次操作没有执行，请刷新页面后再试。")
    return present


def find_eligible_staff(*, role: Role, organ: str, matter: str | None = None) -> tuple[Ref, ...]:
    """Return the active staff who hold `role` in `organ` for `matter`, in a stable order."""
    path = Organ.objects.filter(uscc=organ).values_list("path", flat=True).first()
    if path is None:
        return ()
    rows = _living_grants().filter(role=role, organ__uscc__in=ancestors(path))
    fitting = [row for row in rows if matter is None or row.matters is None or matter in row.matters]
    people = {row.staff_id for row in fitting if row.staff_id}
    posts = {row.post_id for row in fitting if row.post_id}
    found = Staff.objects.filter(Q(pk__in=people) | Q(post__in=posts), user__is_active=True)
    return tuple(Ref(ref) for ref in found.order_by("ref").values_list("ref", flat=True))


def find_username_by_phone(phone: str) -> str | None:
    """Return the account name behind a mobile number: of those who share one, whoever had it first."""
    index = blind_index("phone", clean_phone(phone))
    names = Person.objects.filter(phone_index=index, user__isnull=False).values_list(
        "user__username", flat=True
    )
    return names.order_by("-user__is_active", "pk").first()


def get_staff(ref: str) -> StaffView:
    """Return a staff member's public facts.

    :raises UnknownStaffError: nobody has this reference.
    """
    row = Staff.objects.select_related("user", "organ", "post").filter(ref=ref).first()
    if row is None:
        raise UnknownStaffError("没有这位工作人员。", ref=ref)
    return _staff_view(row)


def list_staff(organ: str) -> list[StaffView]:
    """Return the staff of an organ and of those under it, by account name."""
    rows = Staff.objects.select_related("user", "organ", "post").filter(organ__uscc__in=subtree(organ))
    return [_staff_view(row) for row in rows.order_by("user__username")]


def list_grants(staff: str) -> list[GrantView]:
    """Return the living rights of a staff member, own and by post."""
    row = Staff.objects.filter(ref=staff).first()
    if row is None:
        raise UnknownStaffError("没有这位工作人员。", ref=staff)
    return [
        GrantView(
            role=Role(grant.role),
            organ=grant.organ.uscc,
            matters=None if grant.matters is None else tuple(grant.matters),
            holder="post" if grant.post_id else "staff",
            granted_by=grant.granted_by,
        )
        for grant in _grants_of(row)
    ]


def _find_actor(user_id: int, on_behalf_of: str) -> Actor:
    user = User.objects.select_related("staff__organ", "person").filter(pk=user_id, is_active=True).first()
    if user is None:
        raise UnknownAccountError("账户不存在或已停用。")
    staff: Staff | None = getattr(user, "staff", None)
    if staff is not None and not on_behalf_of:
        return _staff_actor(staff, user)
    person: Person | None = getattr(user, "person", None)
    if person is None:
        raise UnknownAccountError("账户没有对应的个人或工作人员。")
    return Actor(
        ref=Ref(person.ref),
        name=unseal(subject=person.ref, sealed=bytes(person.name_sealed)),
        on_behalf_of=on_behalf_of,
        realname_level=person.realname_level,
        grants_version=user.grants_version,
        user_id=user.pk,
    )


def _staff_actor(staff: Staff, user: User) -> Actor:
    return Actor(
        ref=Ref(staff.ref),
        name=staff.name,
        realname_level=4,
        grants=_flatten(staff.ref, user.grants_version),
        grants_version=user.grants_version,
        user_id=user.pk,
        organ=staff.organ.uscc,
    )


@lru_cache(maxsize=4096)
def _flatten(staff: str, version: int) -> tuple[Grant, ...]:  # noqa: ARG001 - the version is the cache key
    reach: dict[tuple[Role, frozenset[str] | None], set[str]] = defaultdict(set)
    for row in _grants_of(Staff.objects.get(ref=staff)):
        matters = None if row.matters is None else frozenset(row.matters)
        reach[Role(row.role), matters] |= subtree(row.organ.uscc)
    return tuple(
        Grant(role=role, organs=frozenset(organs), matters=matters)
        for (role, matters), organs in reach.items()
    )


def _grants_of(staff: Staff) -> QuerySet[GrantRow]:
    mine = Q(staff=staff) | Q(post=staff.post_id)
    return _living_grants().select_related("organ").filter(mine).order_by("role", "organ__path", "pk")


def _living_grants() -> QuerySet[GrantRow]:
    return GrantRow.objects.filter(revoked_at__isnull=True)


def _check_mandate(person: str, company: str, at: datetime | None, *, compare_day: bool = True) -> None:
    mandates = CompanyMember.objects.filter(company__ref=company, ended_at__isnull=True)
    mandate = mandates.filter(person__ref=person).first()
    today = civil_day(at) if at else None
    if mandate is None or (compare_day and has_expired(mandate.expires_on, today)):
        raise NotAMemberError("您没有该企业的有效授权，请由法定代表人重新授权。", company=company)


def _staff_view(row: Staff) -> StaffView:
    return StaffView(
        ref=Ref(row.ref),
        username=row.user.username,
        name=row.name,
        organ=row.organ.uscc,
        post=row.post.name,
        is_active=row.user.is_active,
    )
