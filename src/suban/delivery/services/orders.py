"""Ordering a parcel: noted at once, placed with the carrier after the commit.

`order_parcel` answers with our own reference. The carrier's number comes from the outbox task, some
milliseconds later as a rule, hours later when the carrier is down; nobody waits for it.
"""

from datetime import datetime

from django.db import IntegrityError
from django.db.models import Max

from suban.delivery import ports
from suban.delivery.errors import InvalidParcelError
from suban.delivery.events import ParcelOrdered
from suban.delivery.models import Parcel
from suban.delivery.rules.orders import find_defects, find_purpose
from suban.delivery.services.ledger import (
    SYSTEM,
    append_to_parcel,
    lock_parcel,
    note_number,
    seal_recipient,
    trim_recipient,
    unseal_recipient,
)
from suban.delivery.types import ParcelAddress, ParcelOrder, ParcelState
from suban.foundation.services.access_log import flush_reads
from suban.foundation.services.outbox import publish
from suban.foundation.services.transactions import savepoint, transaction
from suban.foundation.types import GENESIS, NewEvent
from suban.identity.queries import get_organ
from suban.kernel.clock import civil_day
from suban.kernel.references import make_ref, new_id, split_ref


def order_parcel(
    *,
    case: str,
    party: str,
    purpose: str,
    sender_organ: str,
    recipient: ParcelAddress,
    contents: str,
    at: datetime,
) -> str:
    """Order a parcel for `case` and return our reference to it (`parcel:…`).

    `party` is the person or company whose address this is: it is sealed with that key. `purpose` is
    `result` or `originals`, followed by whatever tells one such parcel of the case from another
    (`result-2`). Asked again for the same case and purpose, the open parcel is returned and nothing is
    ordered; only after it came back does a new one set out.

    :raises InvalidParcelError: the address or the contents are incomplete; `fields` says what.
    """
    recipient = trim_recipient(recipient)
    defects = find_defects(recipient=recipient, contents=contents)
    if defects:
        raise InvalidParcelError("寄递信息不完整：" + "".join(defects.values()), **defects)
    kind = find_purpose(purpose)
    sender_name = get_organ(sender_organ).name
    with transaction():
        known = _find_open(case, purpose)
        if known is not None:
            return known
        parcel = Parcel(
            ref=make_ref("parcel", new_id()),
            case=case,
            purpose=kind,
            key=purpose,
            sender_organ=sender_organ,
            sender_name=sender_name,
            recipient=party,
            recipient_sealed=seal_recipient(recipient, party=party),
            contents=contents.strip(),
            ordered_at=at,
        )
        return _enter(parcel, at=at)


def place_parcel(*, parcel: str, at: datetime) -> None:
    """Place an ordered parcel with the carrier and note the number it gives; again is harmless.

    :raises CarrierDownError: the carrier can't be reached now; try again.
    :raises CarrierRefusedError: the carrier does not take the order.
    """
    row = Parcel.objects.get(ref=parcel)
    if row.number:
        return
    order = _describe(row, at=at)
    flush_reads()  # the look at the address is on record before the address leaves the machine
    number = ports.carrier.get().place_order(order=order, at=at)
    with transaction():
        row = lock_parcel(ref=parcel)
        note_number(row, number, at=at, effective_on=civil_day(at))
        row.save(update_fields=["number", "chain_seq", "chain_digest"])


def _find_open(case: str, key: str) -> str | None:
    is_open = Parcel.objects.filter(case=case, key=key).exclude(state=ParcelState.RETURNED)
    return is_open.values_list("ref", flat=True).first()


def _enter(parcel: Parcel, *, at: datetime) -> str:
    parcel.attempt = _count_attempts(parcel) + 1
    parcel.chain_seq, parcel.chain_digest = GENESIS.seq, GENESIS.digest
    try:
        with savepoint():
            parcel.save(force_insert=True)
    except IntegrityError:
        # Somebody ordered for the same purpose at the same moment; theirs is the parcel.
        known = _find_open(parcel.case, parcel.key)
        if known is None:
            raise
        return known
    fact = {
        "case": parcel.case,
        "purpose": parcel.purpose,
        "attempt": parcel.attempt,
        "sender": parcel.sender_organ,
        "recipient": parcel.recipient,
    }
    event = NewEvent(type="delivery.parcel_ordered", data=fact)
    append_to_parcel(parcel, [event], at=at, effective_on=civil_day(at), by=SYSTEM)
    parcel.save(update_fields=["chain_seq", "chain_digest"])
    publish(ParcelOrdered(parcel=parcel.ref, case=parcel.case))
    return parcel.ref


def _count_attempts(parcel: Parcel) -> int:
    before = Parcel.objects.filter(case=parcel.case, purpose=parcel.purpose)
    return int(before.aggregate(last=Max("attempt"))["last"] or 0)


def _describe(row: Parcel, *, at: datetime) -> ParcelOrder:
    return ParcelOrder(
        key=split_ref(row.ref)[1],
        sender_code=row.sender_organ,
        sender_name=row.sender_name,
        recipient=unseal_recipient(row, by=SYSTEM, purpose="寄递下单", at=at),
        contents=row.contents,
        case_number=row.case.removeprefix("case:"),
    )
