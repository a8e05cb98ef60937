"""Staff: who works where, in which post."""

from datetime import datetime

from suban.foundation.services.transactions import transaction
from suban.foundation.types import GENESIS, NewEvent
from suban.identity.errors import MayNotGrantError, UnknownOrganError
from suban.identity.models import Organ, Post, Staff
from suban.identity.rules import clean_name, may_administer
from suban.identity.services.accounts import bump_grants_version, open_account
from suban.identity.services.trail import lock_staff, record
from suban.identity.types import SYSTEM, Actor
from suban.kernel.references import Ref, make_ref, new_id


def create_staff(
    *, username: str, password: str, name: str, organ: str, post: str, by: Actor = SYSTEM, at: datetime
) -> Ref:
    """Open a staff member's account in an organ and post; rights come separately.

    :raises UnknownOrganError: there is no such organ.
    :raises UsernameTakenError: the account name is taken.
    :raises MayNotGrantError: `by` doesn't administer the organ.
    """
    ref = make_ref("staff", new_id())
    with transaction():
        body = _organ(organ, by)
        row = Staff.objects.create(
            ref=ref,
            user=open_account(username=username, password=password, at=at),
            organ=body,
            post=_post(body, post),
            name=clean_name(name),
            registered_at=at,
            head_seq=GENESIS.seq,
            head_digest=GENESIS.digest,
        )
        fact = NewEvent(type="identity.staff_registered", data={"organ": organ, "post": post})
        record(row, fact, by=by, at=at)
    return ref


def move_staff(*, staff: str, organ: str, post: str, by: Actor, at: datetime) -> None:
    """Put a staff member into another post; rights of the old post end with it.

    :raises UnknownStaffError: nobody has this reference.
    :raises MayNotGrantError: `by` doesn't administer both organs.
    """
    with transaction():
        body = _organ(organ, by)
        row = lock_staff(staff)
        if not may_administer(by, row.organ.uscc):
            raise MayNotGrantError("只有本机构管理员可以调动工作人员。")
        row.organ, row.post = body, _post(body, post)
        row.save(update_fields=["organ", "post"])
        fact = NewEvent(type="identity.staff_moved", data={"organ": organ, "post": post})
        record(row, fact, by=by, at=at)
        bump_grants_version(row.user_id)


def _organ(uscc: str, by: Actor) -> Organ:
    row = Organ.objects.filter(uscc=uscc).first()
    if row is None:
        raise UnknownOrganError("没有这个机构，请核对统一社会信用代码。", field="organ")
    if not may_administer(by, uscc):
        raise MayNotGrantError("只有本机构管理员可以登记工作人员。")
    return row


def _post(organ: Organ, name: str) -> Post:
    row, _ = Post.objects.get_or_create(organ=organ, name=clean_name(name, field="post"))
    return row
