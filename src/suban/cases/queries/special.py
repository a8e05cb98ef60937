"""The special procedures of a case, for its applicant and its officers."""

from datetime import datetime

from suban.cases.errors import UnknownCaseError
from suban.cases.models import Case
from suban.cases.queries.assembling import texts_of
from suban.cases.queries.opening import open_own
from suban.cases.queries.sight import find_content
from suban.cases.rules.engine import open_kinds
from suban.cases.types import PROCEDURE_NAMES, ProcedureView
from suban.foundation.services.access_log import record_read
from suban.identity.types import Actor


def procedures_of(row: Case) -> tuple[ProcedureView, ...]:
    """Return the special procedures of a case, the latest first."""
    rows = list(row.procedures.order_by("-id"))
    if not rows:
        return ()
    reasons, results = dict(texts_of(row, "procedure")), dict(texts_of(row, "procedure_end"))
    return tuple(
        ProcedureView(
            key=one.key,
            name=PROCEDURE_NAMES[one.kind],
            started_on=one.started_on,
            expected_on=one.expected_on,
            ended_on=one.ended_on,
            reason=reasons.get(one.key, ""),
            result=results.get(one.key, ""),
            has_report=bool(one.file_id),
        )
        for one in rows
    )


def list_procedure_kinds(*, actor: Actor, number: str) -> tuple[tuple[str, str], ...]:
    """Return (kind, name) of the special procedures that may begin now under the matter's law.

    :raises UnknownCaseError: there is no such case for this officer.
    """
    case = find_content(actor, number)
    kinds = open_kinds(case.state, case.terms.profile.pause_kinds)
    return tuple((kind, PROCEDURE_NAMES[kind]) for kind in kinds)


def find_report_file(*, actor: Actor, number: str, key: str, at: datetime) -> str:
    """Return the file id of a report, to the applicant or an officer who handles the content.

    :raises UnknownCaseError: no such report, or not for this actor.
    """
    row = _row(actor, number)
    file_id = row.procedures.filter(key=key).values_list("file_id", flat=True).first()
    if not file_id:
        raise UnknownCaseError
    if actor.is_staff:
        record_read(
            subject=row.party,
            by=actor.ref,
            purpose="办理办件",
            what=("特别程序报告",),
            case=f"case:{row.number}",
            at=at,
        )
    return file_id


def _row(actor: Actor, number: str) -> Case:
    return find_content(actor, number).row if actor.is_staff else open_own(actor, number).row
