"""Taking an application in at a window: the same case, the same rules, with the clerk's hands.

优化营商环境条例第37条: nobody is forced online or to the counter, and whoever began one way may go on
the other.
"""

from datetime import datetime
from typing import Final

from suban.cases.errors import NotYourSeatError, ReasonsMissingError
from suban.cases.models import CaseForm, CaseMaterial
from suban.cases.queries.assembling import answers_of
from suban.cases.queries.opening import OpenedCase, make_context, open_own
from suban.cases.queries.window import act_for, find_at_window, find_visitor
from suban.cases.rules import commands as c
from suban.cases.services.acting import act
from suban.cases.services.drafts import lock_own, start_case
from suban.cases.services.letters import render_form
from suban.cases.services.materials import put_material
from suban.cases.services.submission import confirm_form, submit_case
from suban.cases.types import FORM_SLOT, Channel, MaterialKind, Receipt, Upload
from suban.cases.types.window import Visitor
from suban.catalogue.queries import get_matter
from suban.catalogue.types import Trust
from suban.foundation.services.files import store_file
from suban.foundation.services.transactions import transaction, transaction_required
from suban.foundation.types import JPEG, PDF, PNG, StoredFile
from suban.identity.queries import recheck
from suban.identity.types import Actor, Role
from suban.kernel.canonical import digest
from suban.kernel.references import new_id

PAPER: Final = "paper"
SCREEN: Final = "screen"


def start_at_window(
    *, clerk: Actor, matter_code: str, visitor: Visitor, at: datetime, idempotency_key: str = ""
) -> str:
    """Open an application for whoever stands at the window and return its number.

    :raises NotYourSeatError: the clerk takes nothing in for this matter, or it isn't for this party.
    """
    clerk = recheck(clerk)
    organ = get_matter(matter_code).definition.organ
    if not clerk.may(Role.CLERK, organ, matter_code):
        raise NotYourSeatError("您的窗口不收这个事项的申请。")
    actor = act_for(clerk, visitor.party)
    number = start_case(actor=actor, matter_code=matter_code, at=at, idempotency_key=idempotency_key)
    with transaction():
        locked = lock_own(actor, number)
        if locked.state.channel is not Channel.COUNTER:
            _to_counter(locked, visitor, actor, at)
    return number


def take_over_at_window(*, clerk: Actor, number: str, citizen_id: str, at: datetime) -> None:
    """Go on at the window with what was begun elsewhere; the applicant stands there with an identity card.

    :raises UnknownCaseError: no such case is being made, or it isn't that person's.
    """
    clerk = recheck(clerk)
    visitor = find_visitor(number=number, citizen_id=citizen_id, clerk=clerk, at=at)
    actor = act_for(clerk, visitor.party)
    with transaction():
        _to_counter(lock_own(actor, number), visitor, actor, at)


@transaction_required
def _to_counter(locked: OpenedCase, visitor: Visitor, actor: Actor, at: datetime) -> None:
    locked.row.channel = Channel.COUNTER
    command = c.ChangeChannel(channel=Channel.COUNTER, present=visitor.present, capacity=visitor.capacity)
    act(locked, command, make_context(locked, actor, at), actor)


def continue_online(*, actor: Actor, number: str, at: datetime) -> None:
    """Take an application from the window home; whoever signed in is the same person.

    :raises MoveNotAllowedError: it is online already, or handed in.
    """
    with transaction():
        locked = lock_own(actor, number)
        locked.row.channel = Channel.ONLINE
        act(locked, c.ChangeChannel(channel=Channel.ONLINE), make_context(locked, actor, at), actor)


def print_form(*, clerk: Actor, number: str, at: datetime) -> bytes:
    """Return the form as it is filled in now, for the applicant to read and sign.

    :raises UnknownCaseError: it isn't being made at the clerk's window.
    """
    case = open_own(find_at_window(clerk=clerk, number=number), number)
    return render_form(case, answers_of(case.row, case.row.form), at)


def confirm_at_window(
    *, clerk: Actor, number: str, how: str, scan: Upload | None, limit: int, at: datetime
) -> None:
    """Record that the applicant read the form and signed: on paper (its scan is kept) or on the screen.

    :raises ReasonsMissingError: nobody said how, or the scan of the signed paper is missing.
    :raises IncompleteApplicationError: an answer is missing or wrong.
    """
    actor = find_at_window(clerk=recheck(clerk), number=number)
    if how not in {PAPER, SCREEN}:
        raise ReasonsMissingError("请选择申请人怎样签字确认。", field="how")
    if how == PAPER and scan is None:
        raise ReasonsMissingError("请上传申请人签字的申请表扫描件。", field="scan")
    case = open_own(actor, number)
    stored = _store_scan(case, scan, limit, at) if how == PAPER and scan else None
    confirm_form(actor=actor, number=number, revision=case.row.form.revision, at=at)
    with transaction():
        locked = lock_own(actor, number)
        salt = CaseForm.objects.get(case=locked.row).salt
        commitment = digest(f"{salt}:{stored.digest}".encode()) if stored else locked.state.form_commitment
        if stored:
            locked = put_material(locked, _signed_paper(locked, stored, at), actor=actor, at=at)
        act(locked, c.SignForm(how=how, commitment=commitment), make_context(locked, actor, at), actor)


def _store_scan(case: OpenedCase, scan: Upload, limit: int, at: datetime) -> StoredFile:
    return store_file(
        content=scan.content,
        name=scan.name,
        subject=case.row.party,
        allow=frozenset({PDF, JPEG, PNG}),
        limit=limit,
        expected_size=scan.expected_size,
        at=at,
    )


def _signed_paper(case: OpenedCase, stored: StoredFile, at: datetime) -> CaseMaterial:
    generated = next((item.slot for item in case.definition.materials if item.generated), FORM_SLOT)
    return CaseMaterial(
        slot=generated,
        key=new_id(),
        kind=MaterialKind.UPLOAD,
        level=Trust.VERIFIED,
        file_id=stored.id,
        name=stored.name,
        size=stored.size,
        media_type=stored.media_type,
        digest=stored.digest,
        source="窗口收取：申请人签字的申请表",
        obtained_at=at,
    )


def submit_at_window(*, clerk: Actor, number: str, at: datetime) -> Receipt:
    """Hand in what the applicant signed; pressing again gives the same receipt.

    :raises IncompleteApplicationError: something is missing, or the form isn't signed as it stands.
    :raises UnknownCaseError: it isn't being made at the clerk's window.
    """
    actor = find_at_window(clerk=recheck(clerk), number=number)
    return submit_case(actor=actor, number=number, at=at, channel=Channel.COUNTER)
