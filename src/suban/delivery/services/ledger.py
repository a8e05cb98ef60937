"""How rows of this context are locked and written; the parts that its use cases share."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import orjson

from suban.delivery.errors import ReportContradictedError, UnknownParcelError
from suban.delivery.events import ParcelNumbered
from suban.delivery.models import Parcel
from suban.delivery.types import ParcelAddress
from suban.foundation.services.access_log import record_read
from suban.foundation.services.evidence import append_events
from suban.foundation.services.outbox import publish
from suban.foundation.services.sealing import seal, unseal
from suban.foundation.services.transactions import transaction_required
from suban.foundation.types import ChainHead, NewEvent

SYSTEM = "system:suban"
CARRIER = "system:ems"


@transaction_required
def lock_parcel(**named: str) -> Parcel:
    """Return the one parcel that `named` names, locked until commit.

    :raises UnknownParcelError: there is none.
    """
    try:
        return Parcel.objects.select_for_update(no_key=True).get(**named)
    except Parcel.DoesNotExist:
        raise UnknownParcelError(next(iter(named.values()))) from None


@transaction_required
def append_to_parcel(
    parcel: Parcel, events: Sequence[NewEvent], *, at: datetime, effective_on: date, by: str
) -> None:
    """Append facts to the parcel's evidence and note the new head on the row; the caller saves it."""
    head = append_events(
        stream=parcel.ref,
        head=ChainHead(seq=parcel.chain_seq, digest=parcel.chain_digest),
        events=events,
        at=at,
        effective_on=effective_on,
        by=by,
    )
    parcel.chain_seq, parcel.chain_digest = head.seq, head.digest


@transaction_required
def note_number(parcel: Parcel, number: str, *, at: datetime, effective_on: date) -> None:
    """Note the carrier's number on a locked parcel, once; the caller saves it.

    :raises ReportContradictedError: another number is known, or another parcel has this one.
    """
    if parcel.number == number:
        return
    if parcel.number is not None or Parcel.objects.filter(number=number).exists():
        raise ReportContradictedError(
            "邮件号与已登记的邮件不一致，请承运方核对。", parcel=parcel.ref, number=number
        )
    parcel.number = number
    event = NewEvent(type="delivery.parcel_numbered", data={"number": number})
    append_to_parcel(parcel, [event], at=at, effective_on=effective_on, by=CARRIER)
    publish(ParcelNumbered(parcel=parcel.ref, case=parcel.case, parcel_number=number))


def seal_recipient(recipient: ParcelAddress, *, party: str) -> bytes:
    """Return name, telephone and address, sealed with the party's own key."""
    text = orjson.dumps([recipient.name, recipient.phone, recipient.address]).decode()
    return seal(subject=party, text=text)


def unseal_recipient(parcel: Parcel, *, by: str, purpose: str, at: datetime) -> ParcelAddress:
    """Return the recipient's address; the look is logged."""
    record_read(
        subject=parcel.recipient,
        by=by,
        purpose=purpose,
        what=("name", "phone", "address"),
        case=parcel.case,
        at=at,
    )
    text = unseal(subject=parcel.recipient, sealed=bytes(parcel.recipient_sealed))
    name, phone, address = orjson.loads(text)
    return ParcelAddress(name=name, phone=phone, address=address)


def trim_recipient(recipient: ParcelAddress) -> ParcelAddress:
    """Return `recipient` without the spaces that people leave around words."""
    return replace(
        recipient,
        name=recipient.name.strip(),
        phone=recipient.phone.replace(" ", ""),
        address=" ".join(recipient.address.split()),
    )
