"""Opening a case to work on it, without a lock."""

from suban.cases.errors import UnknownCaseError
from suban.cases.models import Case
from suban.cases.services.acting import Locked, unlock_view
from suban.identity.types import Actor


def open_own(actor: Actor, number: str) -> Locked:
    """Return the actor's own case as it stands; nothing is locked.

    :raises UnknownCaseError: there is none, or it is somebody else's; the two look the same.
    """
    row = Case.objects.select_related("form").filter(number=number, party=actor.party).first()
    if row is None:
        raise UnknownCaseError
    return unlock_view(row)


def open_any(number: str) -> Case:
    """Return the row of a case, whoever asks; for acts whose seat is checked by the engine.

    :raises UnknownCaseError: there is none.
    """
    row = Case.objects.select_related("form").filter(number=number).first()
    if row is None:
        raise UnknownCaseError
    return row
