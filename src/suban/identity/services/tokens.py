"""Bearer tokens for other programs: 256 random bits, kept as a digest, short-lived, revocable."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from suban.foundation.services.transactions import transaction
from suban.identity.errors import NotAMemberError, UnknownAccountError
from suban.identity.models import ApiToken, User
from suban.identity.queries import get_actor
from suban.identity.types import Actor
from suban.kernel.canonical import digest
from suban.kernel.clock import civil_day

LIFE: Final = timedelta(hours=12)
_KEPT: Final = timedelta(days=30)
PREFIX: Final = "suban_"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedToken:
    """A fresh token; this is the only time that it is seen."""

    token: str
    expires_at: datetime
    actor: Actor


def issue_token(*, user_id: int, on_behalf_of: str, at: datetime) -> IssuedToken:
    """Return a token for an account whose password was just proven.

    :raises UnknownAccountError: the account is closed or stands for nobody.
    :raises NotAMemberError: the person may not act for that company.
    """
    actor = get_actor(user_id, on_behalf_of, at=at)
    token = PREFIX + secrets.token_urlsafe(32)
    expires_at = at + LIFE
    with transaction():
        ApiToken.objects.filter(user_id=user_id, expires_at__lt=at - _KEPT).delete()
        ApiToken.objects.create(
            digest=_digest(token),
            user_id=user_id,
            on_behalf_of=on_behalf_of,
            password_mark=_mark(User.objects.get(pk=user_id)),
            made_at=at,
            expires_at=expires_at,
        )
    return IssuedToken(token=token, expires_at=expires_at, actor=actor)


def use_token(*, token: str, at: datetime) -> Actor | None:
    """Return who stands behind a living token, with the rights of this moment, and note the day."""
    row = ApiToken.objects.select_related("user").filter(digest=_digest(token)).first()
    if row is None or row.revoked_at is not None or row.expires_at <= at:
        return None
    if not hmac.compare_digest(row.password_mark, _mark(row.user)):
        return None
    try:
        actor = get_actor(row.user_id, row.on_behalf_of, at=at)
    except (UnknownAccountError, NotAMemberError):
        return None
    if row.last_used_on != civil_day(at):
        with transaction():
            ApiToken.objects.filter(pk=row.pk).update(last_used_on=civil_day(at))
    return actor


def revoke_token(*, token: str, at: datetime) -> None:
    """End a token; ending it twice, or one that never was, changes nothing."""
    with transaction():
        ApiToken.objects.filter(digest=_digest(token), revoked_at__isnull=True).update(revoked_at=at)


def _digest(token: str) -> str:
    return digest(token.encode())


def _mark(user: User) -> str:
    # Changes with the password: a new one ends every token, as it ends the sessions.
    return digest(user.get_session_auth_hash().encode())
