"""What follows from facts, in the worker: results, letters, notices, closing. Each may run twice."""

from collections.abc import Callable
from datetime import datetime

import structlog

from suban.cases import events as e
from suban.cases.errors import MoveNotAllowedError
from suban.cases.queries.lapsed import list_lapsed
from suban.cases.services.handling import deem_accepted
from suban.cases.services.letters import write_letters
from suban.cases.services.notifying import notify_company, notify_party
from suban.cases.services.recomputing import recompute_deadlines
from suban.cases.services.results import (
    close_case,
    issue_result,
    record_parcel_returned,
    record_parcel_signed,
    serve_refusal,
)
from suban.cases.services.scanning import clear_scans
from suban.delivery.events import ParcelReturned, ParcelSigned
from suban.foundation.events import CalendarImported
from suban.foundation.services.subscriptions import schedule, subscribe
from suban.kernel.clock import civil_day
from suban.kernel.references import split_ref

log = structlog.get_logger()


def subscribe_cases() -> None:
    """Join the handlers to what they handle; called once in the wiring."""
    subscribe(e.CaseGranted, "cases.issue_result", lambda fact, at: issue_result(number=fact.case, at=at))
    subscribe(
        e.FilingCompleted,
        "cases.issue_result_of_filing",
        lambda fact, at: issue_result(number=fact.case, at=at),
    )
    subscribe(e.ResultServed, "cases.close", lambda fact, at: close_case(number=fact.case, at=at))
    subscribe(ParcelSigned, "cases.parcel_signed", _parcel_signed)
    subscribe(ParcelReturned, "cases.parcel_returned", _parcel_returned)
    for fact, name in _TOLD_BY_LETTER.items():
        subscribe(fact, f"cases.letter_{name}", _write_letters)
    for against, name in _TURNED_AWAY.items():
        subscribe(against, f"cases.letter_{name}", _write_and_serve)
    for told, template in _TOLD_BY_NOTICE.items():
        subscribe(told, f"cases.notify_{template}", _notifier(template))
    subscribe(e.ConfirmationRequested, "cases.notify_company", notify_company)
    subscribe(CalendarImported, "cases.recompute_deadlines", _recompute)
    schedule("cases.deem_accepted", "*/5 * * * *", deem_lapsed_accepted)
    schedule("cases.clear_scans", "*/15 * * * *", clear_scans)


_TOLD_BY_LETTER = {
    e.CaseSubmitted: "receipt",
    e.CorrectionSubmitted: "receipt_of_correction",
    e.CorrectionRequested: "correction",
    e.CaseAccepted: "acceptance",
    e.CaseDeemedAccepted: "deemed_acceptance",
    e.CaseGranted: "grant",
    e.CaseWithdrawn: "withdrawal",
    e.ProcedureStarted: "procedure_notice",
}

_TURNED_AWAY: dict[type[e.CaseFact], str] = {
    e.CaseRefused: "refusal",
    e.CaseNotNeeded: "not_needed",
    e.CaseNotCompetent: "not_competent",
    e.FalseMaterialFound: "false_material",
    e.CaseTerminated: "termination",
}

_TOLD_BY_NOTICE = {
    e.CaseSubmitted: "case_submitted",
    e.CorrectionRequested: "correction_requested",
    e.CaseAccepted: "case_accepted",
    e.CaseDeemedAccepted: "case_deemed_accepted",
    e.CaseGranted: "decision_granted",
    e.CaseRefused: "decision_refused",
    e.ResultIssued: "licence_issued",
    e.ResultDispatched: "parcel_sent",
    e.ResultServed: "parcel_signed",
    e.DeliveryFailed: "parcel_returned",
    e.CaseWithdrawn: "case_withdrawn",
    e.CaseNotNeeded: "case_not_needed",
    e.CaseNotCompetent: "case_not_competent",
    e.FalseMaterialFound: "false_material_found",
    e.CaseTerminated: "case_terminated",
    e.MendingOffered: "mending_offered",
    e.ProcedureStarted: "procedure_started",
    e.ProcedureEnded: "procedure_ended",
}


def _write_letters(fact: e.CaseFact, at: datetime) -> None:
    write_letters(number=fact.case, at=at)


def _write_and_serve(fact: e.CaseFact, at: datetime) -> None:
    write_letters(number=fact.case, at=at)
    serve_refusal(number=fact.case, at=at)


def _notifier(template: str) -> Callable[[e.CaseFact, datetime], None]:
    def notify(fact: e.CaseFact, at: datetime) -> None:
        notify_party(number=fact.case, template=template, fact=fact, at=at)

    return notify


def _parcel_signed(told: ParcelSigned, at: datetime) -> None:
    record_parcel_signed(
        number=split_ref(told.case)[1],
        parcel=told.parcel,
        signed_at=told.signed_at,
        capacity=told.capacity,
        at=at,
    )


def _parcel_returned(told: ParcelReturned, at: datetime) -> None:
    why = "收件人拒收，邮件退回" if told.was_refused else "邮件退回"
    record_parcel_returned(number=split_ref(told.case)[1], parcel=told.parcel, why=why, at=at)


def _recompute(_imported: CalendarImported, at: datetime) -> None:
    for moved in recompute_deadlines(at=at):
        log.info(
            "cases.deadline_moved", case=moved.number, kind=moved.kind, before=moved.before, after=moved.after
        )


def deem_lapsed_accepted(at: datetime) -> None:
    """Accept every application whose notice period has lapsed; each in a transaction of its own."""
    for number in list_lapsed(today=civil_day(at)):
        try:
            deem_accepted(number=number, at=at)
        except MoveNotAllowedError:
            # A clerk acted between the list and the lock; nothing lapsed.
            log.info("cases.lapse_overtaken", case=number)
