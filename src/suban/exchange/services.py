"""Asking a register: for a purpose, within a case, by somebody; every call leaves evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

from suban.exchange.errors import RegisterDownError
from suban.exchange.models import RegisterCall
from suban.exchange.ports import register_client
from suban.exchange.queries import get_resource
from suban.exchange.rules import check_purpose, check_query, default_subject, is_reliable, only_known_fields
from suban.exchange.types import HeldRecord, Outcome, Resource
from suban.foundation.services.access_log import record_read
from suban.foundation.services.sealing import seal
from suban.foundation.services.transactions import transaction
from suban.kernel.canonical import canonical_json, digest
from suban.kernel.references import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """One call as it was asked."""

    resource: Resource
    query: Mapping[str, str]
    purpose: str
    case: str
    by: str
    subject: str
    at: datetime


def look_up(
    *,
    resource: str,
    query: Mapping[str, str],
    purpose: str,
    case: str,
    by: str,
    at: datetime,
    subject: str = "",
) -> HeldRecord | None:
    """Ask the register of `resource` and return what it holds, or None when it holds nothing.

    The answer is kept sealed under the data key of `subject` (whom it is about); without one, of the
    company asked about or of the case. Must be called outside a transaction: it leaves the machine.

    :raises UnknownResourceError: the catalogue has no such resource.
    :raises QueryIncompleteError: the question lacks a field.
    :raises PurposeMissingError: purpose, case or asker is empty.
    :raises RegisterDownError: the register gave no answer that can be relied on.
    """
    described = get_resource(resource)
    check_purpose(purpose=purpose, case=case, by=by)
    check_query(described, query)
    kept_for = subject or default_subject(query, case)
    call = _Call(resource=described, query=query, purpose=purpose, case=case, by=by, subject=kept_for, at=at)
    started = perf_counter()
    try:
        data = _ask(call)
    except RegisterDownError as down:
        _record(call, data=None, reason=down.reason, started=started)
        raise
    return _record(call, data=data, reason="", started=started)


def _ask(call: _Call) -> dict[str, str] | None:
    resource = call.resource
    data = register_client.get().ask(
        resource=resource, query=call.query, purpose=call.purpose, case=call.case
    )
    if data is None:
        return None
    if not is_reliable(resource, call.query, data):
        raise RegisterDownError(
            resource=resource.key, name=resource.name, provider=resource.provider, reason="malformed"
        )
    return only_known_fields(resource, data)


def _record(call: _Call, *, data: dict[str, str] | None, reason: str, started: float) -> HeldRecord | None:
    answer = None if data is None else canonical_json(data)
    call_id = new_id()
    with transaction():
        RegisterCall.objects.create(
            call_id=call_id,
            resource=call.resource.key,
            purpose=call.purpose,
            case=call.case,
            by=call.by,
            subject=call.subject,
            called_at=call.at,
            milliseconds=int((perf_counter() - started) * 1000),
            outcome=_outcome(answer, reason),
            reason=reason,
            digest="" if answer is None else digest(answer),
            sealed_query=seal(subject=call.subject, text=canonical_json(dict(call.query)).decode()),
            sealed_answer=None if answer is None else seal(subject=call.subject, text=answer.decode()),
        )
    if data is None or answer is None:
        return None
    what = (call.resource.key,)
    record_read(subject=call.subject, by=call.by, purpose=call.purpose, what=what, case=call.case, at=call.at)
    return HeldRecord(
        call_id=call_id,
        resource=call.resource.key,
        name=call.resource.name,
        source=call.resource.provider,
        fetched_at=call.at,
        data=data,
        digest=digest(answer),
    )


def _outcome(answer: bytes | None, reason: str) -> Outcome:
    if reason:
        return Outcome.DOWN
    return Outcome.ABSENT if answer is None else Outcome.FOUND
