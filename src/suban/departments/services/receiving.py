"""Taking a department's message: proven, in its turn, once; applied and recorded in one commit.

A sender that hears nothing, because somebody was killed in between, sends the same again: either nothing had
happened, or the same acknowledgement comes back.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import IntegrityError

from suban.cases.queries.handled import find_handled
from suban.departments.errors import (
    FalseSignatureError,
    MessageConflictError,
    NotYourCaseError,
    ReplayedRequestError,
    SequenceTooFarError,
)
from suban.departments.models import DepartmentSystem, HandledCase, InboundMessage, UsedNonce
from suban.departments.queries.systems import list_secrets
from suban.departments.rules.messages import DepartmentMessage, read_message
from suban.departments.rules.signatures import check_signature, read_headers
from suban.departments.services.applying import apply_message
from suban.departments.services.watching import judge_silence
from suban.departments.types import Acknowledgement, Call, Outcome
from suban.foundation.services.sealing import seal, unseal
from suban.foundation.services.transactions import savepoint, transaction, transaction_required
from suban.kernel.canonical import digest
from suban.kernel.references import make_ref

FARTHEST: Final = 50
"""How many numbers ahead of its turn a message may come."""


def identify_caller(*, call: Call, headers: Mapping[str, str], at: datetime) -> str:
    """Return the id of the system that signed a request; its nonce is used up.

    :raises FalseSignatureError: not signed by the system that it names.
    :raises StaleRequestError: signed too long ago, or ahead of time.
    :raises ReplayedRequestError: this very request came before.
    """
    system = _prove(call, headers, at)
    with transaction():
        _use_nonce(system, read_headers(headers).nonce, at)
    return system.key


def receive_message(*, call: Call, headers: Mapping[str, str], at: datetime) -> Acknowledgement:
    """Take a message, and whatever waited for it; return what became of it.

    The same message again changes nothing and gets the same answer. What can't be applied is kept and
    reported, and its number is spent: the mended message comes under the next one.

    :raises FalseSignatureError, StaleRequestError, ReplayedRequestError: as for any caller.
    :raises MalformedMessageError: not of the agreed form; nothing is kept.
    :raises NotYourCaseError: no such case, or another system's.
    :raises MessageConflictError: its id or number was used for something else.
    :raises SequenceTooFarError: too far ahead of its turn.
    """
    system = _prove(call, headers, at)
    message = read_message(call.body)
    with transaction():
        _use_nonce(system, read_headers(headers).nonce, at)
        case = HandledCase.objects.select_for_update(no_key=True).filter(number=message.case).first()
        if case is None or case.system != system.key:
            raise NotYourCaseError("没有这个办件，或者它不在贵系统办理。")
        known = _find_known(case, message, call.body)
        if known is None:
            status = find_handled(case.number)
            subject = status.party if status else make_ref("case", case.number)
            known = _keep(case, message, call.body, subject=subject, at=at)
            _apply_due(case, subject, at)
            DepartmentSystem.objects.filter(pk=system.pk).update(last_heard_at=at)
            known.refresh_from_db()
            return _acknowledge(case, known, repeated=False)
        return _acknowledge(case, known, repeated=True)


def _prove(call: Call, headers: Mapping[str, str], at: datetime) -> DepartmentSystem:
    signed = read_headers(headers)
    row = DepartmentSystem.objects.filter(key=signed.system[:31], enabled=True).first()
    if row is None:
        raise FalseSignatureError("签名不正确，请核对系统编号、密钥和签名的算法。")
    check_signature(call, signed, secrets=list_secrets(row, at=at), at=at)
    return row


@transaction_required
def _use_nonce(system: DepartmentSystem, nonce: str, at: datetime) -> None:
    try:
        with savepoint():
            UsedNonce.objects.create(system=system, nonce=nonce, used_at=at)
    except IntegrityError as error:
        raise ReplayedRequestError("这个请求已经收到过；重发时请换一个随机数重新签名。") from error


def _find_known(case: HandledCase, message: DepartmentMessage, body: bytes) -> InboundMessage | None:
    known = case.messages.filter(message_id=message.message_id).first()
    if known is not None:
        if known.digest != digest(body):
            raise MessageConflictError("同一消息编号此前已收到，内容不同。", message_id=message.message_id)
        return known
    if message.sequence < case.next_sequence or case.messages.filter(sequence=message.sequence).exists():
        raise MessageConflictError(
            "这个序号已经用过，请用下一个序号。", sequence=message.sequence, next_sequence=case.next_sequence
        )
    if message.sequence >= case.next_sequence + FARTHEST:
        raise SequenceTooFarError(
            "序号超前太多，请先补发缺少的消息。", sequence=message.sequence, next_sequence=case.next_sequence
        )
    return None


def _keep(
    case: HandledCase, message: DepartmentMessage, body: bytes, *, subject: str, at: datetime
) -> InboundMessage:
    # Reasons and opinions are about the applicant: erased with whatever else is.
    return InboundMessage.objects.create(
        case=case,
        message_id=message.message_id,
        sequence=message.sequence,
        kind=message.kind,
        said_at=message.said_at,
        received_at=at,
        body=seal(subject=subject, text=body.decode()),
        digest=digest(body),
    )


@transaction_required
def _apply_due(case: HandledCase, subject: str, at: datetime) -> None:
    """Apply the message whose turn it is, and those that waited for it."""
    case.last_heard_at = at
    while row := case.messages.filter(sequence=case.next_sequence, outcome=Outcome.WAITING).first():
        text = unseal(subject=subject, sealed=bytes(row.body))
        apply_message(case, row, read_message(text), at=at)
        case.next_sequence += 1
    judge_silence(case, find_handled(case.number), at=at)
    case.save()


def _acknowledge(case: HandledCase, row: InboundMessage, *, repeated: bool) -> Acknowledgement:
    return Acknowledgement(
        message_id=row.message_id,
        sequence=row.sequence,
        outcome=Outcome(row.outcome),
        code=row.code,
        message=row.reason or _WORDS[Outcome(row.outcome)],
        next_sequence=case.next_sequence,
        repeated=repeated,
    )


_WORDS: Final = {
    Outcome.APPLIED: "已采用。",
    Outcome.WAITING: "已收到，等待前序消息。",
    Outcome.CONTRADICTORY: "与办件的情况矛盾。",
    Outcome.REFUSED: "没有采用。",
}
