"""The employer confirms in its own account what a paper would have proved (单位在线确认)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from suban.cases import errors
from suban.cases.events import ConfirmationAnswered, ConfirmationRequested
from suban.cases.models import CaseMaterial, Confirmation
from suban.cases.queries.assembling import answers_of
from suban.cases.queries.opening import OpenedCase, open_own
from suban.cases.services.acting import lock_case
from suban.cases.services.drafts import lock_own
from suban.cases.services.materials import find_slot, put_material
from suban.cases.types import MaterialKind, State
from suban.catalogue.types import Material, Trust
from suban.foundation.services.outbox import publish
from suban.foundation.services.sealing import seal, unseal
from suban.foundation.services.transactions import transaction
from suban.identity.queries import get_display_name
from suban.identity.types import Actor
from suban.kernel.canonical import digest
from suban.kernel.identifiers import is_valid_uscc
from suban.kernel.references import make_ref, new_id


def request_confirmation(*, actor: Actor, number: str, slot: str, at: datetime) -> str:
    """Ask the company named in the form to confirm; return the request's key. Asking twice asks once.

    :raises MaterialRouteError: this material isn't confirmed by a company, or the form names none.
    """
    case = open_own(actor, number)
    material = find_slot(case.definition, slot)
    answers = answers_of(case.row, case.row.form)
    uscc = str(answers.get(material.uscc_field or "", ""))
    if material.confirm_by != "company":
        raise errors.MaterialRouteError("这份材料不由单位在线确认。", slot=slot)
    if not is_valid_uscc(uscc):
        raise errors.MaterialRouteError("请先在申请表里填写正确的单位统一社会信用代码。", slot=slot)
    company = make_ref("company", uscc)
    with transaction():
        locked = lock_own(actor, number)
        asked = Confirmation.objects.filter(case=locked.row, slot=slot, state="asked").first()
        if asked and asked.company == company:
            return asked.key
        if asked:
            Confirmation.objects.filter(pk=asked.pk).update(state="cancelled")
        row = Confirmation.objects.create(
            case=locked.row,
            key=new_id(),
            slot=slot,
            company=company,
            text=seal(subject=locked.row.party, text=_fill(material, answers)),
            state="asked",
            asked_at=at,
        )
        publish(ConfirmationRequested(case=number, slot=slot, company=company, key=row.key))
        return row.key


def _fill(material: Material, answers: Mapping[str, Any]) -> str:
    """Return the sentence to confirm; `{name}` in the text stands for an answer."""
    text = material.confirm_text
    for name, value in answers.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def confirm_material(*, actor: Actor, key: str, at: datetime) -> None:
    """Confirm for the company that the actor acts for.

    :raises UnknownCaseError: no such request was made to this company.
    :raises ConflictError: it was answered or taken back meanwhile.
    """
    with transaction():
        request, locked = _lock_request(actor, key)
        text = unseal(subject=locked.row.party, sealed=bytes(request.text))
        row = CaseMaterial(
            slot=request.slot,
            key=new_id(),
            kind=MaterialKind.CONFIRMATION,
            level=Trust.VERIFIED,
            name="单位在线确认",
            digest=digest(text.encode()),
            source=f"{get_display_name(request.company)}在线确认",
            obtained_at=at,
            record=seal(subject=locked.row.party, text=text),
        )
        replaces = tuple(held.key for held in locked.state.materials if held.slot == request.slot)
        put_material(locked, row, actor=actor, at=at, replaces=replaces, witness=True)
        _answer(request, "confirmed", actor, at)


def decline_confirmation(*, actor: Actor, key: str, reason: str, at: datetime) -> None:
    """Decline, with a reason that the applicant reads.

    :raises ReasonsMissingError: no reason was given.
    """
    if not reason.strip():
        raise errors.ReasonsMissingError("请写明不予确认的原因，申请人会看到。", field="reason")
    with transaction():
        request, locked = _lock_request(actor, key)
        request.reason = seal(subject=locked.row.party, text=reason.strip()[:1000])
        _answer(request, "declined", actor, at)


def _lock_request(actor: Actor, key: str) -> tuple[Confirmation, OpenedCase]:
    request = (
        Confirmation.objects.select_related("case").filter(key=key, company=actor.on_behalf_of or "-").first()
    )
    if request is None:
        raise errors.UnknownCaseError
    locked = lock_case(request.case.number)
    request.refresh_from_db()
    if request.state != "asked" or locked.state.state not in {State.DRAFT, State.CORRECTION}:
        raise errors.MoveNotAllowedError(
            state=request.state,
            act="confirm",
            message="这个确认请求已经办过或者被申请人撤回了。",
        )
    return request, locked


def _answer(request: Confirmation, state: str, actor: Actor, at: datetime) -> None:
    request.state, request.answered_at, request.answered_by = state, at, actor.ref
    request.save(update_fields=["state", "answered_at", "answered_by", "reason"])
    publish(
        ConfirmationAnswered(
            case=request.case.number, slot=request.slot, key=request.key, confirmed=state == "confirmed"
        ),
    )
