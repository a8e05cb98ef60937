"""What may be asked about parcels. Recipients are masked here; only the label shows them."""

from collections.abc import Iterable

import orjson

from suban.delivery.errors import UnknownParcelError
from suban.delivery.models import CarrierReport, Parcel
from suban.delivery.rules.progress import in_order
from suban.delivery.rules.words import (
    CAPACITY_WORDS,
    STATE_WORDS,
    describe,
    local_time,
    mask_name,
    mask_phone,
)
from suban.delivery.types import (
    Capacity,
    ParcelState,
    ParcelStep,
    ParcelView,
    Purpose,
    ReportKind,
    ScanReport,
)
from suban.foundation.errors import SubjectShreddedError
from suban.foundation.services.sealing import unseal


def get_parcel(named: str) -> ParcelView:
    """Return the parcel with the reference (`parcel:…`) or carrier's number `named`, with its way.

    :raises UnknownParcelError: there is none.
    """
    key = "ref" if named.startswith("parcel:") else "number"
    row = Parcel.objects.prefetch_related("reports").filter(**{key: named}).first() if named else None
    if row is None:
        raise UnknownParcelError(named)
    return _view(row)


def list_parcels_of(case: str) -> list[ParcelView]:
    """Return the parcels of a case, in the order in which they set out."""
    rows = Parcel.objects.prefetch_related("reports").filter(case=case).order_by("id")
    return [_view(row) for row in rows]


def count_unplaced() -> int:
    """Return how many parcels still wait for a number; for health pages."""
    return Parcel.objects.filter(number=None).count()


def _view(row: Parcel) -> ParcelView:
    name, phone = _masked(row)
    capacity = Capacity(row.capacity) if row.capacity else None
    state = ParcelState(row.state)
    return ParcelView(
        parcel=row.ref,
        number=row.number or "",
        case=row.case,
        purpose=Purpose(row.purpose),
        attempt=row.attempt,
        state=state,
        state_words=STATE_WORDS[state],
        sender_name=row.sender_name,
        recipient=row.recipient,
        recipient_name_masked=name,
        recipient_phone_masked=phone,
        contents=row.contents,
        ordered_at=row.ordered_at,
        signed_at=row.signed_at,
        signer_name_masked=row.signer_masked,
        capacity=capacity,
        capacity_words=CAPACITY_WORDS[capacity] if capacity else "",
        service_date=row.served_on,
        steps=tuple(_steps(row.reports.all())),
    )


def _masked(row: Parcel) -> tuple[str, str]:
    try:
        name, phone, _ = orjson.loads(unseal(subject=row.recipient, sealed=bytes(row.recipient_sealed)))
    except SubjectShreddedError:
        return "", ""
    return mask_name(name), mask_phone(phone)


def _steps(rows: Iterable[CarrierReport]) -> list[ParcelStep]:
    reports = in_order(
        ScanReport(
            event_id=row.event_id,
            kind=ReportKind(row.kind),
            occurred_at=row.occurred_at,
            capacity=Capacity(row.capacity) if row.capacity else None,
            signer=row.signer_masked,
            place=row.place,
        )
        for row in rows
    )
    return [
        ParcelStep(
            at=report.occurred_at,
            local_time=local_time(report),
            words=describe(report),
            place=report.place,
            kind=report.kind,
        )
        for report in reports
    ]
