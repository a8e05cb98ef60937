"""Slips of the form mended on the spot: the clerk says where, the applicant mends, no clock stops (T04)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from suban.cases.errors import IncompleteApplicationError, MoveNotAllowedError
from suban.cases.models import CaseForm, CaseMaterial
from suban.cases.queries.assembling import answers_of
from suban.cases.queries.opening import OpenedCase, make_context, open_own
from suban.cases.rules import commands as c
from suban.cases.services.acting import act, lock_case
from suban.cases.services.drafts import lock_own, seal_answers
from suban.cases.services.letters import PDF, render_form
from suban.cases.services.submission import commit_answers
from suban.cases.services.texts import write_text
from suban.cases.types import Act, MaterialKind
from suban.catalogue.rules import normalise_answers, validate_answers
from suban.catalogue.types import Trust
from suban.foundation.services.files import keep_file, store_file
from suban.foundation.services.transactions import transaction, transaction_required
from suban.identity.queries import recheck
from suban.identity.types import Actor
from suban.kernel.canonical import digest
from suban.kernel.clock import civil_day
from suban.kernel.references import new_id


def offer_mending(*, actor: Actor, number: str, fields: Sequence[str], words: str, at: datetime) -> None:
    """Let the applicant mend slips in `fields` on the spot; `words` says what is wrong (T04).

    :raises CorrectionOutsideListError: something rests on a field: that needs a correction notice.
    :raises MoveNotAllowedError: an earlier offer is still open.
    """
    actor = recheck(actor)
    with transaction():
        locked = lock_case(number)
        text = write_text(locked, "mending", words, actor, at)
        command = c.OfferMending(fields=tuple(sorted(set(fields))), words=words, commitment=text.commitment)
        act(locked, command, make_context(locked, actor, at), actor)
        text.save(force_insert=True)


def correct_on_spot(*, actor: Actor, number: str, answers: Mapping[str, Any], at: datetime) -> None:
    """Mend what the clerk showed, and confirm the form anew; receipt and clocks stay as they were (T04).

    :raises IncompleteApplicationError: an answer is missing or wrong.
    :raises MoveNotAllowedError: nothing is to be mended, or it was mended elsewhere meanwhile.
    """
    case = open_own(actor, number)
    form: CaseForm = case.row.form
    kept = answers_of(case.row, form)
    typed = normalise_answers(case.definition, answers)
    mended = {**kept, **{name: typed[name] for name in case.state.mending if name in typed}}
    changed = tuple(name for name in case.state.mending if mended.get(name) != kept.get(name))
    faults = validate_answers(case.definition, mended, on=civil_day(at))
    if faults:
        problems = [{"where": "field", "key": fault.field, "message": fault.message} for fault in faults]
        raise IncompleteApplicationError(f"还有 {len(problems)} 处需要修改。", problems=problems)
    document = _store_document(case, mended, at) if case.state.mending else None
    with transaction():
        locked = lock_own(actor, number)
        fresh = CaseForm.objects.get(case=locked.row)
        if fresh.revision != form.revision or locked.state.mending != case.state.mending:
            raise MoveNotAllowedError(
                state=locked.state.state,
                act=Act.CORRECT_ON_SPOT,
                message="申请表刚在别处改过，请看过最新内容。",
            )
        command = c.CorrectOnSpot(
            fields=changed,
            commitment=commit_answers(fresh.salt, mended),
            document=_add(locked, document, fresh.salt) if document else None,
        )
        act(locked, command, make_context(locked, actor, at), actor)
        if document:
            _swap(locked, document, at)
        fresh.answers = seal_answers(locked.row.party, mended)
        fresh.revision += 1
        fresh.confirmed_revision, fresh.saved_at = fresh.revision, at
        fresh.save(update_fields=["answers", "revision", "confirmed_revision", "saved_at"])


def _store_document(case: OpenedCase, answers: dict[str, Any], at: datetime) -> CaseMaterial | None:
    """Make the form document anew where the matter has one; the row isn't saved yet."""
    material = next((item for item in case.definition.materials if item.generated), None)
    if material is None:
        return None
    document = render_form(case, answers, at)
    stored = store_file(
        content=[document], name="申请表.pdf", subject=case.row.party, allow=PDF, limit=len(document), at=at
    )
    return CaseMaterial(
        slot=material.slot,
        key=new_id(),
        kind=MaterialKind.GENERATED,
        level=Trust.DECLARED,
        file_id=stored.id,
        name=stored.name,
        size=stored.size,
        media_type=stored.media_type,
        digest=stored.digest,
        source="由填写内容生成，申请人当场更正后确认",
        obtained_at=at,
    )


def _add(locked: OpenedCase, row: CaseMaterial, salt: str) -> c.AddMaterial:
    return c.AddMaterial(
        slot=row.slot,
        key=row.key,
        kind=MaterialKind.GENERATED,
        level=Trust.DECLARED,
        commitment=digest(f"{salt}:{row.digest}".encode()),
        source=row.source,
        replaces=tuple(held.key for held in locked.state.materials if held.slot == row.slot),
    )


@transaction_required
def _swap(locked: OpenedCase, row: CaseMaterial, at: datetime) -> None:
    locked.row.materials.filter(slot=row.slot, removed_at=None).update(removed_at=at)
    keep_file(file_id=row.file_id)
    row.case = locked.row
    row.save(force_insert=True)
