"""Special procedures: begun with a written notice, ended with a result (T14, T15; 行政许可法第45条)."""

from datetime import datetime

from suban.cases.models import CaseProcedure
from suban.cases.queries.opening import make_context, open_any
from suban.cases.rules import commands as c
from suban.cases.rules.engine import decide
from suban.cases.services.acting import act, lock_case
from suban.cases.services.texts import write_text
from suban.cases.types import Upload
from suban.foundation.services.files import discard_file, keep_file, store_file
from suban.foundation.services.transactions import transaction
from suban.foundation.types import StoredFile
from suban.identity.queries import recheck
from suban.identity.types import Actor
from suban.kernel.canonical import digest
from suban.kernel.clock import civil_day
from suban.kernel.errors import DomainError
from suban.kernel.references import new_id

REPORTS = frozenset({"application/pdf", "image/jpeg", "image/png"})


def start_procedure(*, actor: Actor, number: str, kind: str, days: int, reason: str, at: datetime) -> str:
    """Begin a special procedure that needs `days` working days, and return its key.

    The applicant gets a letter with the time it needs; the decision clock stands still.

    :raises ProcedureKindError: the matter's law knows no such procedure.
    :raises ProcedureOpenError: one of this kind is under way.
    :raises ReasonsMissingError: the reason or the number of days is missing.
    """
    actor = recheck(actor)
    key = new_id()
    with transaction():
        locked = lock_case(number)
        text = write_text(locked, "procedure", reason, actor, at, key=key)
        command = c.StartProcedure(key=key, kind=kind, days=days, reason=reason, commitment=text.commitment)
        after = act(locked, command, make_context(locked, actor, at), actor)
        text.save(force_insert=True)
        CaseProcedure.objects.create(
            case=locked.row,
            key=key,
            kind=kind,
            started_on=civil_day(at),
            expected_on=after.state.procedures[-1].expected_on,
        )
    return key


def end_procedure(
    *,
    actor: Actor,
    number: str,
    key: str,
    result: str,
    report: Upload | None,
    limit: int,
    at: datetime,
) -> None:
    """Record the result of a special procedure, with its report if there is one; the clock goes on.

    :raises MoveNotAllowedError: it has ended already.
    :raises ReasonsMissingError: no result was written.
    :raises DomainError: the report is too large or of another kind than PDF, JPEG or PNG.
    """
    actor = recheck(actor)
    case = open_any(number)
    # Whoever may not end it must not leave a file behind.
    decide(
        case.state,
        c.EndProcedure(key=key, result=result, commitment=""),
        make_context(case, actor, at),
    )
    stored = _store(report, case.row.party, limit, at) if report else None
    try:
        _end(actor, number, key, result, stored, at)
    except DomainError:
        if stored:
            discard_file(file_id=stored.id)
        raise


def _store(report: Upload, party: str, limit: int, at: datetime) -> StoredFile:
    return store_file(
        content=report.content,
        name=report.name,
        subject=party,
        allow=REPORTS,
        limit=limit,
        expected_size=report.expected_size,
        at=at,
    )


def _end(actor: Actor, number: str, key: str, result: str, stored: StoredFile | None, at: datetime) -> None:
    with transaction():
        locked = lock_case(number)
        text = write_text(locked, "procedure_end", result, actor, at, key=key)
        salted = digest(f"{locked.row.form.salt}:{stored.digest}".encode()) if stored else ""
        command = c.EndProcedure(key=key, result=result, commitment=text.commitment, report=salted)
        act(locked, command, make_context(locked, actor, at), actor)
        text.save(force_insert=True)
        if stored:
            keep_file(file_id=stored.id)
        CaseProcedure.objects.filter(key=key).update(
            ended_on=civil_day(at), file_id=stored.id if stored else ""
        )
