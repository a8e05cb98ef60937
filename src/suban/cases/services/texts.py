"""Keeping what somebody wrote: sealed, with a salted commitment for the chain."""

import secrets
from datetime import datetime

from suban.cases.models import CaseText
from suban.cases.queries.opening import OpenedCase
from suban.foundation.services.sealing import seal
from suban.foundation.services.transactions import transaction_required
from suban.identity.types import Actor
from suban.kernel.canonical import digest


@transaction_required
def write_text(
    locked: OpenedCase,
    kind: str,
    words: str,
    actor: Actor,
    at: datetime,
    *,
    key: str = "",
) -> CaseText:
    """Return the sealed text (unsaved) with a salted commitment for the chain."""
    words = words.strip()[:4000]
    salt = secrets.token_hex(16)
    return CaseText(
        case=locked.row,
        kind=kind,
        key=key,
        sealed=seal(subject=locked.row.party, text=f"{salt}\n{words}"),
        commitment=digest(f"{salt}\n{words}".encode()),
        by=actor.ref,
        written_at=at,
    )


@transaction_required
def write_if_any(locked: OpenedCase, kind: str, words: str, actor: Actor, at: datetime) -> CaseText | None:
    """Return the sealed text (unsaved), or None where nothing was written."""
    return write_text(locked, kind, words, actor, at) if words.strip() else None
