"""The gates before files: knowing an id grants nothing."""

from datetime import datetime

from suban.cases.errors import UnknownCaseError
from suban.cases.models import Case
from suban.cases.queries.opening import open_own
from suban.cases.queries.sight import RESULT_LETTERS, find_content, find_for_staff, sight_of
from suban.cases.rules.letters import RECONSIDERATION
from suban.foundation.services.access_log import record_read
from suban.identity.types import Actor


def find_material_file(*, actor: Actor, number: str, key: str, at: datetime) -> str:
    """Return the file id of a material, to the applicant or to whom its content is handled by.

    :raises UnknownCaseError: no such material, no file behind it, or not for this actor.
    """
    handles = actor.is_staff or actor.is_system
    row = find_content(actor, number).row if handles else open_own(actor, number).row
    file_id = row.materials.filter(key=key, removed_at=None).values_list("file_id", flat=True).first()
    if not file_id:
        raise UnknownCaseError
    _write_down(row, actor, "申请材料", at)
    return file_id


def find_letter_file(*, actor: Actor, number: str, key: str, at: datetime) -> str:
    """Return the file id of a letter, to the applicant or an officer of the case.

    Who only hands the result over gets the letters of the result.

    :raises UnknownCaseError: no such letter, not written yet, or not for this actor.
    """
    case = find_for_staff(actor, number) if actor.is_staff else open_own(actor, number)
    letters = case.row.letters.filter(key=key)
    if actor.is_staff:
        sight = sight_of(actor, case)
        if not sight.delivery:
            raise UnknownCaseError
        letters = letters.exclude(kind=RECONSIDERATION)
        letters = letters if sight.content else letters.filter(kind__in=RESULT_LETTERS)
    file_id = letters.values_list("file_id", flat=True).first()
    if not file_id:
        raise UnknownCaseError
    _write_down(case.row, actor, "办件文书", at)
    return file_id


def _write_down(row: Case, actor: Actor, what: str, at: datetime) -> None:
    if actor.is_staff or actor.is_system:
        record_read(
            subject=row.party,
            by=actor.ref,
            purpose="办理办件",
            what=(what,),
            case=f"case:{row.number}",
            at=at,
        )
