"""Taking what the carrier reports: signed, repeated, late and out of order as it comes.

Reports are kept as a set; the state of the parcel is worked out anew from all of them each time
(`rules.progress.fold`). What changed by that is published.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

import orjson
import structlog
from prometheus_client import Counter

from suban.delivery import ports
from suban.delivery.errors import ReportContradictedError
from suban.delivery.events import ParcelAccepted, ParcelReturned, ParcelSigned
from suban.delivery.models import CarrierReport, Parcel
from suban.delivery.rules.progress import fold, served_on
from suban.delivery.services.ledger import CARRIER, append_to_parcel, lock_parcel, note_number
from suban.delivery.types import Capacity, CarrierCallback, Progress, ReportKind, ScanReport
from suban.foundation.errors import SubjectShreddedError
from suban.foundation.services.outbox import publish
from suban.foundation.services.sealing import seal
from suban.foundation.services.transactions import transaction
from suban.foundation.types import NewEvent
from suban.kernel.canonical import digest
from suban.kernel.clock import civil_day
from suban.kernel.errors import DomainError
from suban.kernel.messages import Message
from suban.kernel.references import make_ref

log = structlog.get_logger()
CALLBACKS = Counter("suban_carrier_callbacks", "Callbacks of carriers by outcome", ["outcome"])


def record_carrier_callback(*, body: bytes, headers: Mapping[str, str], at: datetime) -> None:
    """Keep what the carrier reports and bring the parcel up to date; a repetition changes nothing.

    :raises FalseSignatureError: it isn't the carrier's; counted and logged.
    :raises StaleCallbackError: it was signed too long ago.
    :raises MalformedCallbackError: it is signed, but not of the agreed form.
    :raises UnknownParcelError: no parcel has this number.
    :raises ReportContradictedError: the same event was reported before with other content.
    """
    try:
        callback = ports.carrier.get().read_callback(body=body, headers=headers, at=at)
        outcome = "recorded" if _record(callback, at=at) else "repeated"
    except DomainError as refusal:
        CALLBACKS.labels(refusal.code).inc()
        log.warning("delivery.callback_refused", code=refusal.code, size=len(body))
        raise
    CALLBACKS.labels(outcome).inc()


def _record(callback: CarrierCallback, *, at: datetime) -> bool:
    with transaction():
        parcel = _lock(callback, at=at)
        reports = [_to_report(row) for row in parcel.reports.all()]
        if _is_repeated(callback.report, parcel):
            return False
        _keep(parcel, callback, at=at)
        before, after = fold(reports), fold([*reports, callback.report])
        _project(parcel, after)
        parcel.save()
        for message in _changes(parcel, before, after):
            publish(message)
    return True


def _lock(callback: CarrierCallback, *, at: datetime) -> Parcel:
    # A callback may be faster than the answer to the order: then our own key finds the parcel.
    if not callback.order_key:
        return lock_parcel(number=callback.number)
    try:
        ref = make_ref("parcel", callback.order_key)
    except ValueError:
        return lock_parcel(number=callback.number)
    parcel = lock_parcel(ref=ref)
    note_number(parcel, callback.number, at=at, effective_on=civil_day(at))
    return parcel


def _is_repeated(report: ScanReport, parcel: Parcel) -> bool:
    known = CarrierReport.objects.filter(event_id=report.event_id).first()
    if known is None:
        return False
    if known.parcel_id != parcel.pk or _to_report(known) != report:
        raise ReportContradictedError(
            "同一事件编号此前已上报且内容不同，请承运方核对。", event_id=report.event_id
        )
    return True


def _keep(parcel: Parcel, callback: CarrierCallback, *, at: datetime) -> None:
    report = callback.report
    proof = orjson.dumps(dict(callback.proof), option=orjson.OPT_SORT_KEYS)
    CarrierReport.objects.create(
        parcel=parcel,
        event_id=report.event_id,
        kind=report.kind,
        occurred_at=report.occurred_at,
        received_at=at,
        place=report.place,
        capacity=report.capacity or "",
        signer_masked=report.signer,
        proof_sealed=_seal_proof(parcel, proof),
        proof_digest=digest(proof),
    )
    # The proof holds the carrier's random nonce, so its digest tells nothing about what it covers.
    fact = {
        "event_id": report.event_id,
        "kind": report.kind.value,
        "occurred_at": report.occurred_at.isoformat(),
        "capacity": report.capacity.value if report.capacity else "",
        "proof": digest(proof),
    }
    event = NewEvent(type="delivery.carrier_reported", data=fact)
    append_to_parcel(parcel, [event], at=at, effective_on=civil_day(report.occurred_at), by=CARRIER)


def _seal_proof(parcel: Parcel, proof: bytes) -> bytes:
    try:
        return seal(subject=parcel.recipient, text=proof.decode())
    except SubjectShreddedError:
        return b""  # erased meanwhile: the digest in the evidence remains


def _to_report(row: CarrierReport) -> ScanReport:
    return ScanReport(
        event_id=row.event_id,
        kind=ReportKind(row.kind),
        occurred_at=row.occurred_at,
        capacity=Capacity(row.capacity) if row.capacity else None,
        signer=row.signer_masked,
        place=row.place,
    )


def _project(parcel: Parcel, progress: Progress) -> None:
    signing = progress.signing
    parcel.state = progress.state
    parcel.accepted_at = progress.accepted_at
    parcel.signed_at = signing.at if signing else None
    parcel.signer_masked = signing.signer if signing else ""
    parcel.capacity = signing.capacity if signing else ""
    parcel.served_on = served_on(progress)
    parcel.returned_at = progress.returned_at


def _changes(parcel: Parcel, before: Progress, after: Progress) -> Iterator[Message]:
    number = parcel.number or ""
    if after.accepted_at and not before.accepted_at:
        yield ParcelAccepted(
            parcel=parcel.ref, case=parcel.case, parcel_number=number, accepted_at=after.accepted_at
        )
    if after.signing and after.signing != before.signing:
        yield ParcelSigned(
            parcel=parcel.ref,
            case=parcel.case,
            parcel_number=number,
            signed_at=after.signing.at,
            signer_name_masked=after.signing.signer,
            capacity=after.signing.capacity,
            service_date=served_on(after),
        )
    if after.returned_at and not before.returned_at:
        yield ParcelReturned(
            parcel=parcel.ref,
            case=parcel.case,
            parcel_number=number,
            returned_at=after.returned_at,
            was_refused=after.was_refused,
        )
