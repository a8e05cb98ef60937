"""Rights: given and taken back by an administrator of the organ, written down, effective at once."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from suban.foundation.services.transactions import transaction
from suban.foundation.types import NewEvent
from suban.identity.errors import MayNotGrantError, UnknownOrganError, UnknownStaffError
from suban.identity.models import GrantRow, Organ, Post, Staff
from suban.identity.rules import may_administer
from suban.identity.services.accounts import bump_grants_version
from suban.identity.services.trail import lock_staff, record
from suban.identity.types import Actor, Role


def grant_role(
    *, staff: str, role: Role, organ: str, matters: Collection[str] | None = None, by: Actor, at: datetime
) -> None:
    """Give a staff member a role in an organ and all under it; a like right given before is replaced.

    :raises MayNotGrantError: `by` doesn't administer the organ.
    :raises UnknownStaffError: nobody has this reference.
    :raises UnknownOrganError: there is no such organ.
    """
    with transaction():
        body = _organ(organ, by)
        row = lock_staff(staff)
        _living(role, body).filter(staff=row).update(revoked_at=at, revoked_by=by.ref)
        GrantRow.objects.create(
            staff=row,
            role=Role(role).value,
            organ=body,
            matters=_sorted(matters),
            granted_by=by.ref,
            granted_at=at,
        )
        _announce([row], _fact("identity.role_granted", role, organ, matters), by=by, at=at)


def revoke_role(*, staff: str, role: Role, organ: str, by: Actor, at: datetime) -> None:
    """Take a role back; the holder's next act is refused.

    :raises MayNotGrantError: `by` doesn't administer the organ, or there is no such right.
    :raises UnknownStaffError: nobody has this reference.
    """
    with transaction():
        body = _organ(organ, by)
        row = lock_staff(staff)
        if not _living(role, body).filter(staff=row).update(revoked_at=at, revoked_by=by.ref):
            raise MayNotGrantError("没有可收回的权限：该人员未被直接授予此角色。")
        _announce([row], _fact("identity.role_revoked", role, organ, None), by=by, at=at)


def grant_role_to_post(
    *,
    post_organ: str,
    post: str,
    role: Role,
    organ: str,
    matters: Collection[str] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Give a role to whoever holds a post.

    :raises MayNotGrantError: `by` doesn't administer the organ.
    :raises UnknownStaffError: the post doesn't exist.
    """
    with transaction():
        body = _organ(organ, by)
        row = _post(post_organ, post)
        _living(role, body).filter(post=row).update(revoked_at=at, revoked_by=by.ref)
        GrantRow.objects.create(
            post=row,
            role=Role(role).value,
            organ=body,
            matters=_sorted(matters),
            granted_by=by.ref,
            granted_at=at,
        )
        _announce(_holders(row), _fact("identity.role_granted", role, organ, matters), by=by, at=at)


def revoke_role_from_post(
    *, post_organ: str, post: str, role: Role, organ: str, by: Actor, at: datetime
) -> None:
    """Take a role back from a post and so from everybody in it.

    :raises MayNotGrantError: `by` doesn't administer the organ, or there is no such right.
    :raises UnknownStaffError: the post doesn't exist.
    """
    with transaction():
        body = _organ(organ, by)
        row = _post(post_organ, post)
        if not _living(role, body).filter(post=row).update(revoked_at=at, revoked_by=by.ref):
            raise MayNotGrantError("没有可收回的权限：该岗位未被授予此角色。")
        _announce(_holders(row), _fact("identity.role_revoked", role, organ, None), by=by, at=at)


def _announce(rows: list[Staff], fact: NewEvent, *, by: Actor, at: datetime) -> None:
    for row in rows:
        record(row, fact, by=by, at=at)
    bump_grants_version(*(row.user_id for row in rows))


def _fact(kind: str, role: Role, organ: str, matters: Collection[str] | None) -> NewEvent:
    return NewEvent(type=kind, data={"role": Role(role).value, "organ": organ, "matters": _sorted(matters)})


def _sorted(matters: Collection[str] | None) -> list[str] | None:
    return None if matters is None else sorted(matters)


def _living(role: Role, organ: Organ) -> QuerySet[GrantRow]:
    return GrantRow.objects.filter(role=Role(role).value, organ=organ, revoked_at__isnull=True)


def _organ(uscc: str, by: Actor) -> Organ:
    row = Organ.objects.filter(uscc=uscc).first()
    if row is None:
        raise UnknownOrganError("没有这个机构，请核对统一社会信用代码。", field="organ")
    if not may_administer(by, uscc):
        raise MayNotGrantError("只有本机构管理员可以授予或收回权限。")
    return row


def _post(organ: str, name: str) -> Post:
    row = Post.objects.select_for_update(no_key=True).filter(organ__uscc=organ, name=name).first()
    if row is None:
        raise UnknownStaffError("没有这个岗位。", post=name)
    return row


def _holders(post: Post) -> list[Staff]:
    return [
        lock_staff(ref)
        for ref in Staff.objects.filter(post=post).order_by("ref").values_list("ref", flat=True)
    ]
