"""What a department's own system does with a case: the acts of handling, in the caller's transaction.

The same moves under the same law as in `handling`; only the hand is another. `on` is the legal day that the
department states; the caller has judged that it is plausible. The caller's row and the case are written
in one commit, so that a message is either wholly applied or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from suban.cases.models import Case, CaseTask, CaseText
from suban.cases.queries.opening import OpenedCase, make_context
from suban.cases.rules import commands as c
from suban.cases.services.acting import act, lock_case
from suban.cases.services.given import GivenResult, keep_given_result
from suban.cases.services.handling import find_missing
from suban.cases.services.texts import write_if_any, write_text
from suban.cases.types import CorrectionItem, Seat, State
from suban.foundation.services.transactions import transaction_required
from suban.identity.types import Actor
from suban.kernel.canonical import digest
from suban.kernel.clock import civil_day

PUSH_FAILED = "push_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Whose hand acts, on which case, when it was recorded and on which legal day."""

    actor: Actor
    number: str
    at: datetime
    on: date


def _lock(hand: Hand) -> OpenedCase:
    return lock_case(hand.number)


@transaction_required
def accept_externally(hand: Hand) -> None:
    """Accept the application (T09); after the notice day it counts as accepted from receipt (T10).

    :raises IncompleteApplicationError: a required material is missing.
    """
    locked = _lock(hand)
    context = make_context(locked, hand.actor, hand.at, on=hand.on)
    act(locked, c.Accept(), replace(context, problems=find_missing(locked, hand.at)), hand.actor)


@transaction_required
def request_correction_externally(hand: Hand, items: Sequence[CorrectionItem]) -> None:
    """Tell the applicant, once and completely, what must be corrected (T05).

    :raises SecondCorrectionError: a notice was sent before.
    :raises CorrectionTooLateError: the days for it have passed.
    """
    locked = _lock(hand)
    texts = [
        write_text(locked, "defect", f"{item.defect}\n依据：{item.basis}", hand.actor, hand.at, key=item.slot)
        for item in items
    ]
    commitment = digest("".join(text.commitment for text in texts).encode())
    command = c.RequestCorrection(items=tuple(items), commitment=commitment)
    act(locked, command, make_context(locked, hand.actor, hand.at, on=hand.on), hand.actor)
    CaseText.objects.bulk_create(texts)


@transaction_required
def complete_step_externally(hand: Hand, *, step: str, agrees: bool, opinion: str) -> None:
    """Give the opinion of a review step; the last one makes the proposal (T22)."""
    locked = _lock(hand)
    text = write_text(locked, "opinion", opinion, hand.actor, hand.at, key=step)
    command = c.CompleteStep(step=step, agrees=agrees, commitment=text.commitment)
    act(locked, command, make_context(locked, hand.actor, hand.at, on=hand.on), hand.actor)
    text.save(force_insert=True)


@transaction_required
def grant_externally(hand: Hand, given: GivenResult, *, overdue_reason: str = "") -> None:
    """Grant with the department's number; the licence is issued and signed here as ever (T11, T23).

    :raises ReasonsMissingError: the legal day has passed and no reason is given.
    """
    locked = _lock(hand)
    late = write_if_any(locked, "overdue", overdue_reason, hand.actor, hand.at)
    on_spot = locked.state.state is State.ACCEPTED and locked.terms.instant
    command = c.GrantOnSpot() if on_spot else c.Grant(overdue_commitment=late.commitment if late else "")
    keep_given_result(locked, given, actor=hand.actor, at=hand.at)
    act(locked, command, make_context(locked, hand.actor, hand.at, on=hand.on), hand.actor)
    if late:
        late.save(force_insert=True)


@transaction_required
def refuse_externally(hand: Hand, *, reasons: str, overdue_reason: str = "") -> None:
    """Refuse, with reasons; the letter names the remedies of the matter (T24).

    :raises ReasonsMissingError: no reasons were given, or the legal day has passed without one.
    """
    locked = _lock(hand)
    text = write_text(locked, "reasons", reasons, hand.actor, hand.at)
    late = write_if_any(locked, "overdue", overdue_reason, hand.actor, hand.at)
    command = c.Refuse(
        reasons=reasons,
        commitment=text.commitment,
        overdue_commitment=late.commitment if late else "",
    )
    act(locked, command, make_context(locked, hand.actor, hand.at, on=hand.on), hand.actor)
    CaseText.objects.bulk_create([text, *([late] if late else [])])


@transaction_required
def open_push_task(*, number: str, at: datetime) -> None:
    """Put the push that failed on the clerks' worklist; once however often it fails."""
    row = Case.objects.get(number=number)
    if CaseTask.objects.filter(case=row, key=PUSH_FAILED, done_at__isnull=True).exists():
        return
    CaseTask.objects.create(
        case=row,
        key=PUSH_FAILED,
        role=Seat.CLERK,
        organ_code=row.organ_code,
        matter_code=row.matter_code,
        due_on=civil_day(at),
        opened_at=at,
    )


@transaction_required
def close_push_task(*, number: str, by: str, at: datetime) -> None:
    """Take it off again once the push went through."""
    CaseTask.objects.filter(case__number=number, key=PUSH_FAILED, done_at__isnull=True).update(
        done_at=at, done_by=by
    )
