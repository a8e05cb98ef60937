"""Accounts: opened for somebody who exists, closed but never deleted."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError
from django.db.models import F

from suban.foundation.services.transactions import savepoint, transaction, transaction_required
from suban.foundation.types import NewEvent
from suban.identity.errors import (
    MayNotGrantError,
    UnknownAccountError,
    UnknownPersonError,
    UsernameTakenError,
)
from suban.identity.models import Person, User
from suban.identity.rules import clean_username, may_administer
from suban.identity.services.trail import lock_staff, record
from suban.identity.types import Actor


def create_login(*, username: str, password: str, person: str, at: datetime) -> None:
    """Give a registered person an account.

    :raises UnknownPersonError: nobody has this reference.
    :raises UsernameTakenError: the name is taken, or the person has an account already.
    """
    with transaction():
        row = Person.objects.select_for_update(no_key=True).filter(ref=person).first()
        if row is None:
            raise UnknownPersonError("没有找到这个人。")
        if row.user_id is not None:
            raise UsernameTakenError("此人已有账户，请直接登录。", field="username")
        row.user = open_account(username=username, password=password, at=at)
        held = Person.objects.filter(phone_index=row.phone_index, user__is_active=True).exclude(pk=row.pk)
        if row.phone_index and held.exists():
            row.phone_index = ""  # whoever had the number first goes on signing in with it
        row.save(update_fields=["user", "phone_index"])


def close_account(*, username: str, by: Actor, at: datetime) -> None:
    """Shut an account; whoever is signed in with it is refused at the next act.

    :raises UnknownAccountError: there is none of this name.
    :raises MayNotGrantError: a staff account is closed by an administrator of its organ only.
    """
    with transaction():
        user = User.objects.select_related("staff__organ", "person").filter(username=username).first()
        if user is None:
            raise UnknownAccountError("没有这个账户。")
        _check_may_close(user, by)
        User.objects.filter(pk=user.pk).update(is_active=False, grants_version=F("grants_version") + 1)
        if staff := getattr(user, "staff", None):
            record(lock_staff(staff.ref), NewEvent(type="identity.account_closed", data={}), by=by, at=at)


@transaction_required
def open_account(*, username: str, password: str, at: datetime) -> User:
    """Return a fresh account inside the present transaction.

    :raises UsernameTakenError: the name is taken.
    """
    name = clean_username(username)
    kept = make_password(password)
    try:
        with savepoint():
            return User.objects.create(username=name, password=kept, created_at=at)
    except IntegrityError as taken:
        raise UsernameTakenError("这个用户名已被使用，请换一个。", field="username") from taken


@transaction_required
def bump_grants_version(*users: int) -> None:
    """Make every actor of these accounts stale."""
    User.objects.filter(pk__in=users).update(grants_version=F("grants_version") + 1)


def _check_may_close(user: User, by: Actor) -> None:
    staff = getattr(user, "staff", None)
    own = by.user_id == user.pk
    if not (own or by.is_system or (staff is not None and may_administer(by, staff.organ.uscc))):
        raise MayNotGrantError("只有本人或本机构管理员可以停用账户。")
