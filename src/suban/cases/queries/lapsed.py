"""Which applications the passing of time has accepted."""

from collections.abc import Iterator
from datetime import date

from suban.cases.models import Case
from suban.cases.types import State
from suban.catalogue.types import Frame


def list_lapsed(*, today: date) -> Iterator[str]:
    """Return the numbers of received licence applications whose notice day is past."""
    rows = Case.objects.filter(
        state=State.SUBMITTED, frame=Frame.LICENCE, due_kind="notice", due_on__lt=today
    )
    yield from rows.order_by("due_on", "id").values_list("number", flat=True).iterator(chunk_size=500)
