"""The evidence that follows a staff member: every right given and taken, chained under a lock."""

from datetime import datetime

from suban.foundation.services.evidence import append_events
from suban.foundation.services.transactions import transaction_required
from suban.foundation.types import ChainHead, NewEvent
from suban.identity.errors import UnknownStaffError
from suban.identity.models import Staff
from suban.identity.types import Actor
from suban.kernel.clock import civil_day


@transaction_required
def lock_staff(ref: str) -> Staff:
    """Return the staff row, locked until the transaction ends.

    :raises UnknownStaffError: nobody has this reference.
    """
    rows = Staff.objects.select_for_update(no_key=True, of=("self",)).select_related("user", "organ")
    row = rows.filter(ref=ref).first()
    if row is None:
        raise UnknownStaffError("没有这位工作人员。", ref=ref)
    return row


@transaction_required
def record(row: Staff, fact: NewEvent, *, by: Actor, at: datetime) -> None:
    """Append a fact to the staff member's stream and keep its new head."""
    head = append_events(
        stream=row.ref,
        head=ChainHead(seq=row.head_seq, digest=row.head_digest),
        events=[fact],
        at=at,
        effective_on=civil_day(at),
        by=by.ref,
    )
    row.head_seq, row.head_digest = head.seq, head.digest
    row.save(update_fields=["head_seq", "head_digest"])
