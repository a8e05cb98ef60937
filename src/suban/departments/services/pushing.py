"""Pushing a case: planned with the fact, sent by the worker, tried again, shown when it fails.

A push keeps its message id over all attempts, so that the other side takes it once however often it comes.
"""

from datetime import datetime
from typing import Final

from suban.cases.queries.handled import HandledStatus, find_handled
from suban.cases.services.external import close_push_task, open_push_task
from suban.departments.errors import PushRefusedError, UnknownPushError
from suban.departments.events import PushPlanned
from suban.departments.models import HandledCase, Push
from suban.departments.ports import department_client
from suban.departments.queries.handled import visible_to
from suban.departments.queries.systems import get_target
from suban.departments.services.payloads import make_payload
from suban.departments.types import PushKind, PushState
from suban.foundation.services.outbox import publish
from suban.foundation.services.transactions import transaction, transaction_required
from suban.identity.types import SYSTEM, Actor, Role
from suban.kernel.errors import DomainError
from suban.kernel.references import new_id

SHOWN_AFTER: Final = 4
"""After so many attempts (about half a minute) the organ sees that it doesn't go through; trying goes on."""
_RESENDERS: Final = (Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR)


def plan_push(*, number: str, kind: PushKind, at: datetime) -> None:
    """Plan what is to be told to the department's system, if one handles the case. Safe to repeat."""
    status = find_handled(number)
    if status is None:
        return
    with transaction():
        row = _ensure_case(status, at)
        plan_on(row, kind=kind, key=_key(kind, status), at=at)


@transaction_required
def plan_on(row: HandledCase, *, kind: PushKind, key: str, at: datetime) -> None:
    """Plan a push of a locked case; the same (kind and key) once."""
    if row.pushes.filter(kind=kind, key=key).exists():
        return
    row.pushes_planned += 1
    if kind is PushKind.CORRECTION_SUBMITTED:
        # What the department says from here on answers this.
        row.handed_in_at = max(row.handed_in_at, at)
    row.save(update_fields=["pushes_planned", "handed_in_at"])
    push = Push.objects.create(
        case=row, ref=new_id(), kind=kind, key=key, sequence=row.pushes_planned, planned_at=at
    )
    publish(PushPlanned(case=row.number, push=push.ref))


def _key(kind: PushKind, status: HandledStatus) -> str:
    return str(status.corrections) if kind is PushKind.CORRECTION_SUBMITTED else "1"


def _ensure_case(status: HandledStatus, at: datetime) -> HandledCase:
    HandledCase.objects.bulk_create(
        [
            HandledCase(
                number=status.number,
                system=status.system,
                organ_code=status.organ,
                matter_code=status.matter,
                matter_name=status.matter_name,
                handed_in_at=status.received_at or at,
            )
        ],
        ignore_conflicts=True,
    )
    return HandledCase.objects.select_for_update(no_key=True).get(number=status.number)


def send_push(*, ref: str, at: datetime) -> None:
    """Deliver a push; one that was delivered is left alone. A failure is noted, and raised for the outbox.

    :raises SystemDownError: no answer; the outbox tries again.
    :raises UnknownSystemError: the system isn't registered, or is switched off.
    """
    push = Push.objects.select_related("case").filter(ref=ref).first()
    if push is None or push.state == PushState.DELIVERED:
        return
    status = find_handled(push.case.number)
    if status is None or _waits_for_its_turn(push):
        return
    try:
        target = get_target(push.case.system)
        department_client.get().push(target=target, payload=make_payload(push, status, at=at), at=at)
    except PushRefusedError as refusal:
        _note_failure(push, refusal, at, final=True)
    except DomainError as refusal:
        _note_failure(push, refusal, at, final=False)
        raise
    else:
        _note_delivery(push, at)


def _waits_for_its_turn(push: Push) -> bool:
    # Once the one before arrives, this one is planned anew.
    earlier = push.case.pushes.filter(sequence__lt=push.sequence).exclude(state=PushState.DELIVERED)
    return earlier.exclude(kind=PushKind.STATUS_QUERY).exists()


def _note_failure(push: Push, refusal: DomainError, at: datetime, *, final: bool) -> None:
    with transaction():
        row = Push.objects.select_for_update().get(pk=push.pk)
        if row.state == PushState.DELIVERED:
            return
        row.attempts += 1
        row.error = refusal.message[:200]
        if final or row.attempts >= SHOWN_AFTER:
            row.state = PushState.FAILED.value
            if row.kind != PushKind.STATUS_QUERY:
                open_push_task(number=push.case.number, at=at)
        row.save(update_fields=["attempts", "error", "state"])


def _note_delivery(push: Push, at: datetime) -> None:
    with transaction():
        case = HandledCase.objects.select_for_update(no_key=True).get(pk=push.case_id)
        row = Push.objects.select_for_update().get(pk=push.pk)
        if row.state == PushState.DELIVERED:
            return
        row.state, row.delivered_at, row.error = PushState.DELIVERED.value, at, ""
        row.attempts += 1
        row.save(update_fields=["state", "delivered_at", "error", "attempts"])
        if row.kind != PushKind.STATUS_QUERY:
            case.pushed_at = at
            case.save(update_fields=["pushed_at"])
        for later in case.pushes.filter(sequence__gt=row.sequence, state=PushState.WAITING.value):
            publish(PushPlanned(case=case.number, push=later.ref))
        if not case.pushes.filter(state=PushState.FAILED.value).exclude(kind=PushKind.STATUS_QUERY).exists():
            close_push_task(number=case.number, by=SYSTEM.ref, at=at)


def resend_push(*, actor: Actor, number: str, ref: str, at: datetime) -> None:
    """Send a push that failed once more, by hand. Pressed twice it goes once: it keeps its message id.

    :raises UnknownPushError: no such push, or not for this officer.
    """
    with transaction():
        case = visible_to(actor, _RESENDERS).select_for_update(no_key=True).filter(number=number).first()
        push = case.pushes.select_for_update().filter(ref=ref).first() if case else None
        if case is None or push is None:
            raise UnknownPushError("没有这次推送，或者不由您处理。")
        if push.state == PushState.DELIVERED:
            return
        push.state, push.attempts, push.planned_at = PushState.WAITING.value, 0, at
        push.save(update_fields=["state", "attempts", "planned_at"])
        publish(PushPlanned(case=case.number, push=push.ref))
