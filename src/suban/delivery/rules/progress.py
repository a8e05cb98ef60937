"""How far a parcel is, and whether its papers are served.

Carriers repeat messages and send them out of order. So nothing here depends on the order of arrival:
the *set* of reports, put in the order of their event times, gives the state. Two rules of law:

- only a signature of the addressee or of an authorised recipient serves (the legal clock for remedies
  of a mailed decision starts on the day on the receipt, 行政复议法实施条例 §15); a locker, a station
  or a neighbour does not;
- a parcel returned to its sender was not served.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from suban.delivery.types import SERVING, ParcelState, Progress, ReportKind, ScanReport, Signing
from suban.kernel.clock import civil_day

NATURAL_ORDER: Final = MappingProxyType({kind: place for place, kind in enumerate(ReportKind)})
SCAN_STATES: Final = MappingProxyType(
    {
        ReportKind.ACCEPTED: ParcelState.ACCEPTED,
        ReportKind.IN_TRANSIT: ParcelState.IN_TRANSIT,
        ReportKind.OUT_FOR_DELIVERY: ParcelState.OUT_FOR_DELIVERY,
        ReportKind.REFUSED: ParcelState.REFUSED,
        ReportKind.RETURNED: ParcelState.RETURNED,
    },
)


def fold(reports: Iterable[ScanReport]) -> Progress:
    """Return how far the parcel is; repetition and order of `reports` make no difference."""
    progress = Progress()
    for report in in_order(reports):
        progress = advance(progress, report)
    return progress


def in_order(reports: Iterable[ScanReport]) -> list[ScanReport]:
    """Return each report once, by event time; scans of one instant in their natural order."""
    return sorted(set(reports), key=_place)


def advance(progress: Progress, report: ScanReport) -> Progress:
    """Return the progress after `report`, which happened later than everything in `progress`.

    Once served or returned, nothing that is reported for later changes the outcome.
    """
    if progress.is_final:
        return progress
    if report.kind is ReportKind.SIGNED and report.capacity is not None:
        served = report.capacity in SERVING
        signing = Signing(at=report.occurred_at, signer=report.signer, capacity=report.capacity)
        return replace(
            progress,
            state=ParcelState.SIGNED if served else ParcelState.LEFT,
            signing=signing,
        )
    progress = replace(
        progress,
        state=SCAN_STATES.get(report.kind, progress.state),
        was_refused=progress.was_refused or report.kind is ReportKind.REFUSED,
    )
    if report.kind is ReportKind.ACCEPTED and progress.accepted_at is None:
        return replace(progress, accepted_at=report.occurred_at)
    if report.kind is ReportKind.RETURNED:
        return replace(progress, returned_at=report.occurred_at, signing=None)
    return progress


def service_date(reports: Iterable[ScanReport]) -> date | None:
    """Return the legal day on which the papers were served, or `None`: not yet served."""
    return served_on(fold(reports))


def served_on(progress: Progress) -> date | None:
    """Return the legal day of service that `progress` shows, if any."""
    signing = progress.signing
    return civil_day(signing.at) if signing and signing.is_service else None


def _place(report: ScanReport) -> tuple[datetime, int, str, str, str, str]:
    # Every field takes part: even contradictory reports give the same order however they arrive.
    return (
        report.occurred_at,
        NATURAL_ORDER[report.kind],
        report.event_id,
        report.capacity or "",
        report.signer,
        report.place,
    )
