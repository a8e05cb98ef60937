"""The file of a material, for the system that handles its case."""

from datetime import datetime, timedelta
from typing import Final

from suban.cases.queries.files import find_material_file
from suban.cases.queries.handled import find_handled
from suban.departments.errors import NotYourCaseError
from suban.departments.models import HandledCase
from suban.departments.queries.systems import make_actor

OPEN_FOR: Final = timedelta(days=7)


def find_department_file(*, system: str, number: str, key: str, at: datetime) -> str:
    """Return the file id of a material; the look is written down like an officer's.

    :raises NotYourCaseError: not this system's case, no such material, or the case was closed a week ago.
    """
    row = HandledCase.objects.filter(number=number, system=system).first()
    status = find_handled(number)
    ended = row is not None and row.closed_at is not None and row.closed_at + OPEN_FOR < at
    if row is None or status is None or ended:
        raise NotYourCaseError("没有这个办件，或者它不在贵系统办理。")
    return find_material_file(actor=make_actor(status), number=number, key=key, at=at)
