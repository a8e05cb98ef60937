"""Confirming, submitting, correcting, withdrawing: what the applicant does with a filled-in case."""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from suban.cases.errors import IncompleteApplicationError, MoveNotAllowedError
from suban.cases.models import CaseForm, CaseMaterial
from suban.cases.queries.assembling import answers_of
from suban.cases.queries.bans import check_not_banned
from suban.cases.queries.opening import OpenedCase, make_context, open_own
from suban.cases.queries.problems import find_form_faults, find_problems
from suban.cases.rules import commands as c
from suban.cases.rules.numbers import official_number, serial_of
from suban.cases.services.acting import act
from suban.cases.services.checks import ensure_checked
from suban.cases.services.drafts import lock_own
from suban.cases.services.filing import complete_filing
from suban.cases.services.letters import render_form
from suban.cases.services.materials import put_material
from suban.cases.types import FORM_SLOT, Act, Channel, MaterialKind, Receipt, State
from suban.catalogue.types import DeliveryChannel, Frame, Trust
from suban.foundation.services.files import store_file
from suban.foundation.services.sealing import seal, unseal
from suban.foundation.services.transactions import transaction
from suban.identity.types import Actor
from suban.kernel.canonical import canonical_json, digest
from suban.kernel.clock import civil_day
from suban.kernel.references import new_id

_RECEIVED = frozenset(State) - {State.DRAFT, State.DISCARDED, State.CORRECTION}


def confirm_form(*, actor: Actor, number: str, revision: int, at: datetime) -> None:
    """Make the form document from the answers and take the applicant's confirmation of it.

    :raises IncompleteApplicationError: an answer is missing or wrong.
    :raises MoveNotAllowedError: the answers changed since the applicant saw them (`revision`).
    """
    case = open_own(actor, number)
    answers = answers_of(case.row, case.row.form)
    faults = find_form_faults(case, answers, civil_day(at))
    if faults:
        problems = [{"where": "field", "key": fault.field, "message": fault.message} for fault in faults]
        raise IncompleteApplicationError(f"申请表还有 {len(problems)} 处需要修改。", problems=problems)
    material = next((item for item in case.definition.materials if item.generated), None)
    document = render_form(case, answers, at) if material else None
    stored = document and store_file(
        content=[document],
        name="申请表.pdf",
        subject=case.row.party,
        allow=frozenset({"application/pdf"}),
        limit=len(document),
        at=at,
    )
    with transaction():
        locked = lock_own(actor, number)
        form = CaseForm.objects.get(case=locked.row)
        if form.revision != revision:
            raise MoveNotAllowedError(
                state=locked.state.state,
                act=Act.PREPARE,
                message="申请表刚在别处修改过，请核对最新内容后再确认。",
            )
        commitment = commit_answers(form.salt, answers)
        if material and stored:
            row = CaseMaterial(
                slot=material.slot,
                key=new_id(),
                kind=MaterialKind.GENERATED,
                level=Trust.DECLARED,
                file_id=stored.id,
                name=stored.name,
                size=stored.size,
                media_type=stored.media_type,
                digest=stored.digest,
                source="由填写内容生成，申请人确认",
                obtained_at=at,
            )
            replaces = tuple(held.key for held in locked.state.materials if held.slot == material.slot)
            locked = put_material(locked, row, actor=actor, at=at, replaces=replaces)
        act(locked, c.ConfirmForm(commitment=commitment), make_context(locked, actor, at), actor)
        form.confirmed_revision = revision
        form.save(update_fields=["confirmed_revision"])


def commit_answers(salt: str, answers: dict[str, Any]) -> str:
    """Return the salted commitment of the answers."""
    return digest(salt.encode() + canonical_json(answers))


def submit_case(*, actor: Actor, number: str, at: datetime, channel: Channel = Channel.ONLINE) -> Receipt:
    """Hand the application in and return its receipt; submitting again returns the same receipt.

    :raises IncompleteApplicationError: something is missing; `fields["problems"]` names all of it.
    :raises BannedError: false material bars this party from applying for now.
    """
    ensure_checked(actor=actor, number=number, at=at)
    with transaction():
        locked = lock_own(actor, number)
        if locked.state.state in _RECEIVED and locked.state.official_number:
            return make_receipt(locked)
        if locked.state.state is State.CORRECTION:
            after = _hand_in_correction(locked, actor, at)
        else:
            after = _hand_in(locked, actor, at, channel)
        return make_receipt(after)


def _hand_in(locked: OpenedCase, actor: Actor, at: datetime, channel: Channel) -> OpenedCase:
    check_not_banned(locked.row.party, locked.definition.base_code, today=civil_day(at))
    row = locked.row
    delivery = row.form.delivery or DeliveryChannel.ELECTRONIC
    row.received_at, row.channel = at, channel
    row.query_code = seal(subject=row.party, text=f"{secrets.randbelow(1_000_000):06d}")
    command = c.Submit(
        official_number=official_number(
            locked.definition.implementation_code,
            civil_day(at),
            serial_of(row.number),
        ),
        channel=channel,
        delivery=DeliveryChannel(delivery),
    )
    context = replace(make_context(locked, actor, at), problems=find_problems(locked, civil_day(at)))
    return _after_receipt(act(locked, command, context, actor), at)


def _hand_in_correction(locked: OpenedCase, actor: Actor, at: datetime) -> OpenedCase:
    problems = list(find_problems(locked, civil_day(at)))
    unchanged = set(locked.state.correction_slots) - set(locked.state.corrected)
    if _form_is_mended(locked):
        unchanged.discard(FORM_SLOT)
    problems.extend(
        {
            "where": "form" if slot == FORM_SLOT else "material",
            "key": slot,
            "message": "补正通知要求的这一项还没有更换。",
        }
        for slot in sorted(unchanged)
    )
    context = replace(make_context(locked, actor, at), problems=tuple(problems))
    return _after_receipt(act(locked, c.SubmitCorrection(), context, actor), at)


def _form_is_mended(locked: OpenedCase) -> bool:
    # Where no document is made of the answers nobody confirms it; saving them is all there is.
    if any(material.generated for material in locked.definition.materials):
        return False
    asked: datetime = locked.row.texts.filter(kind="defect").latest("written_at").written_at
    saved: datetime = locked.row.form.saved_at
    return saved > asked


def _after_receipt(locked: OpenedCase, at: datetime) -> OpenedCase:
    # A filing is done when the information is received; doubts are for a person, never for a refusal.
    if locked.state.frame is Frame.FILING and not locked.row.checks.exclude(outcome="pass").exists():
        return complete_filing(locked, at)
    return locked


def make_receipt(locked: OpenedCase) -> Receipt:
    """Return the receipt of a case that was handed in."""
    row, state = locked.row, locked.state
    if row.received_at is None or state.received_on is None:
        raise MoveNotAllowedError(state=state.state, act=Act.SUBMIT, message="申请还没有提交。")
    return Receipt(
        number=row.number,
        official_number=state.official_number,
        query_code=unseal(subject=row.party, sealed=bytes(row.query_code)),
        received_at=row.received_at,
        received_on=state.received_on,
        state=state.state,
    )


def withdraw_case(*, actor: Actor, number: str, at: datetime) -> None:
    """Withdraw the application; possible until the decision (T26).

    :raises MoveNotAllowedError: it is decided already, or was never submitted.
    """
    with transaction():
        locked = lock_own(actor, number)
        act(locked, c.Withdraw(), make_context(locked, actor, at), actor)
