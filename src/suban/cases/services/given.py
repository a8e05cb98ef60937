"""The result as a department's own system gave it: number, last day, and what stands on the face."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from pydantic import TypeAdapter

from suban.cases.errors import ResultNumberTakenError
from suban.cases.models import Case
from suban.cases.queries.opening import OpenedCase
from suban.cases.services.texts import write_text
from suban.foundation.services.sealing import unseal
from suban.foundation.services.transactions import transaction_required
from suban.identity.types import Actor

KIND: Final = "result"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenResult:
    """What the department says of the result; `face` goes to lines of the definition that read `result.…`."""

    number: str = ""
    expires_on: date | None = None
    face: Mapping[str, str] = field(default_factory=dict)


_GIVEN: Final = TypeAdapter(GivenResult)


@transaction_required
def keep_given_result(locked: OpenedCase, given: GivenResult, *, actor: Actor, at: datetime) -> None:
    """Keep the result sealed, and its number on the row: the licence is issued with it.

    :raises ResultNumberTakenError: another case of the matter has this number.
    """
    row = locked.row
    same = Case.objects.filter(matter_code=row.matter_code, result_number=given.number)
    if given.number and same.exclude(pk=row.pk).exists():
        raise ResultNumberTakenError("这个结果编号已经用在另一个办件上，请核对。", number=given.number)
    write_text(locked, KIND, _GIVEN.dump_json(given).decode(), actor, at).save(force_insert=True)
    row.result_number = given.number


def read_given_result(row: Case) -> GivenResult:
    """Return what a department's system gave; an empty result where the matter is handled here."""
    text = row.texts.filter(kind=KIND).order_by("id").last()
    if text is None:
        return GivenResult()
    words = unseal(subject=row.party, sealed=bytes(text.sealed)).partition("\n")[2]
    return _GIVEN.validate_json(words)
