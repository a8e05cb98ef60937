"""The gates before files: knowing an id grants nothing."""

from datetime import datetime

from suban.cases.errors import UnknownCaseError
from suban.cases.models import Case
from suban.cases.queries.opening import open_own
from suban.cases.queries.staff import find_for_staff
from suban.foundation.services.access_log import record_read
from suban.identity.types import Actor


def find_material_file(*, actor: Actor, number: str, key: str, at: datetime) -> str:
    """Return the file id of a material, to the applicant or an officer of the case.

    :raises UnknownCaseError: no such material, no file behind it, or not for this actor.
    """
    row = _open(actor, number, "申请材料", at)
    file_id = row.materials.filter(key=key, removed_at=None).values_list("file_id", flat=True).first()
    if not file_id:
        raise UnknownCaseError
    return file_id


def find_letter_file(*, actor: Actor, number: str, key: str, at: datetime) -> str:
    """Return the file id of a letter; likewise.

    :raises UnknownCaseError: no such letter, not written yet, or not for this actor.
    """
    row = _open(actor, number, "办件文书", at)
    file_id = row.letters.filter(key=key).values_list("file_id", flat=True).first()
    if not file_id:
        raise UnknownCaseError
    return file_id


def _open(actor: Actor, number: str, what: str, at: datetime) -> Case:
    if not actor.is_staff:
        return open_own(actor, number).row
    row = find_for_staff(actor, number).row
    record_read(
        subject=row.party, by=actor.ref, purpose="办理办件", what=(what,), case=f"case:{number}", at=at
    )
    return row
