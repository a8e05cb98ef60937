"""Applying a department's message: the same acts under the same law, with the system's hand.

What the law or the case's course stands against is a contradiction: nothing happens, and it is reported to
the sender and to those who supervise.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from suban.cases.errors import CorrectionTooLateError, MoveNotAllowedError, SecondCorrectionError
from suban.cases.queries.handled import HandledStatus, find_handled
from suban.cases.rules.labels import state_label
from suban.cases.services.external import (
    Hand,
    accept_externally,
    complete_step_externally,
    grant_externally,
    refuse_externally,
    request_correction_externally,
)
from suban.cases.services.given import GivenResult
from suban.cases.types import CorrectionItem, State
from suban.catalogue.types import Frame
from suban.departments.errors import NotYourCaseError, SameOfficerError
from suban.departments.events import MessageContradicted
from suban.departments.models import HandledCase, InboundMessage
from suban.departments.queries.systems import make_actor
from suban.departments.rules import messages as m
from suban.departments.rules.times import Clock, LegalDay, judge_time
from suban.departments.types import MessageKind, Outcome
from suban.foundation.services.outbox import publish
from suban.foundation.services.transactions import savepoint, transaction_required
from suban.kernel.errors import ConflictError, DomainError

_CONTRADICTIONS: Final = (ConflictError, SecondCorrectionError, CorrectionTooLateError)
_DECISIONS: Final = frozenset({MessageKind.GRANTED, MessageKind.REFUSED})


@transaction_required
def apply_message(
    case: HandledCase, row: InboundMessage, message: m.DepartmentMessage, *, at: datetime
) -> None:
    """Apply `message` to its case, or note why not; `case` is locked and saved by the caller."""
    try:
        with savepoint():
            day = _apply(case, message, at)
    except DomainError as refusal:
        contradicts = isinstance(refusal, _CONTRADICTIONS)
        row.outcome = Outcome.CONTRADICTORY if contradicts else Outcome.REFUSED
        row.code, row.reason = refusal.code[:60], _say(refusal)[:300]
        publish(MessageContradicted(case=case.number, system=case.system, kind=row.kind, code=row.code))
    else:
        row.outcome, row.late = Outcome.APPLIED, day.late
        case.last_said_at = message.said_at
        _note(case, message, at)
    row.save(update_fields=["outcome", "code", "reason", "late"])


def _say(refusal: DomainError) -> str:
    # The engine's words send an officer back to a page; a system has none.
    if not isinstance(refusal, MoveNotAllowedError):
        return refusal.message
    label = state_label(Frame.LICENCE, State(str(refusal.fields["state"])))
    return f"当时办件的状态是“{label}”，这条消息与它矛盾。"


def _apply(case: HandledCase, message: m.DepartmentMessage, at: datetime) -> LegalDay:
    status = find_handled(case.number)
    if status is None:
        raise NotYourCaseError("这个办件不在部门系统办理。")
    clock = Clock(
        handed_in_at=case.handed_in_at,
        last_said_at=case.last_said_at,
        notice_due_on=status.due_on if status.due_kind == "notice" else None,
        decision_due_on=status.legal_due_on,
    )
    day = judge_time(message.kind, message.said_at, clock, at=at)
    _check_officers(case, message, status)
    act = _ACTS.get(type(message))
    if act is not None:
        act(Hand(actor=make_actor(status), number=case.number, at=at, on=day.on), message)
    elif message.kind is MessageKind.WITHDRAWAL_ACKNOWLEDGED:
        _check_withdrawn(status)
    return day


def _check_officers(case: HandledCase, message: m.DepartmentMessage, status: HandledStatus) -> None:
    # Here only the system acts; who sat on which seat over there is told by its officers' codes.
    if not status.separation or message.kind not in _DECISIONS:
        return
    if not message.officer:
        raise SameOfficerError("这个事项要求受理和决定分开，决定应写明决定人的工号（officer）。")
    if message.officer == case.accepted_officer:
        raise SameOfficerError("受理人不能同时作出决定：两条消息的 officer 相同。", officer=message.officer)


def _check_withdrawn(status: HandledStatus) -> None:
    if status.state is not State.WITHDRAWN:
        raise ConflictError("申请没有撤回。")


def _note(case: HandledCase, message: m.DepartmentMessage, at: datetime) -> None:
    if message.kind is MessageKind.ACCEPTED:
        case.accepted_officer = message.officer
    if message.kind in {*_DECISIONS, MessageKind.WITHDRAWAL_ACKNOWLEDGED}:
        case.closed_at = at


def _ask_for_correction(hand: Hand, message: m.CorrectionAsked) -> None:
    items = [CorrectionItem(slot=item.slot, defect=item.defect, basis=item.basis) for item in message.items]
    request_correction_externally(hand, items)


def _grant(hand: Hand, message: m.Granted) -> None:
    given = GivenResult(number=message.result_number, expires_on=message.expires_on, face=message.face)
    grant_externally(hand, given, overdue_reason=message.overdue_reason)


_ACTS: Final[dict[type[Any], Callable[[Hand, Any], None]]] = {
    m.CorrectionAsked: _ask_for_correction,
    m.Accepted: lambda hand, _message: accept_externally(hand),
    m.StepCompleted: lambda hand, message: complete_step_externally(
        hand, step=message.step, agrees=message.agrees, opinion=message.opinion
    ),
    m.Granted: _grant,
    m.Refused: lambda hand, message: refuse_externally(
        hand, reasons=message.reasons, overdue_reason=message.overdue_reason
    ),
}
