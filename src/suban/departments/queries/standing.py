"""Where a case stands, for the system that handles it: after a restart it can take up again from here."""

from typing import Any, Final

from suban.cases.queries.handled import find_handled
from suban.departments.errors import NotYourCaseError
from suban.departments.models import HandledCase

LAST: Final = 20


def get_standing(*, system: str, number: str) -> dict[str, Any]:
    """Return state, days that run, the number waited for, and what became of the last messages.

    :raises NotYourCaseError: no such case, or another system's.
    """
    row = HandledCase.objects.filter(number=number, system=system).first()
    status = find_handled(number)
    if row is None or status is None:
        raise NotYourCaseError("没有这个办件，或者它不在贵系统办理。")
    return {
        "case": number,
        "state": status.state.value,
        "due_on": status.due_on.isoformat() if status.due_on else None,
        "due_kind": status.due_kind,
        "legal_due_on": status.legal_due_on.isoformat() if status.legal_due_on else None,
        "next_sequence": row.next_sequence,
        "last_push": row.pushes_planned,
        "messages": [
            {
                "message_id": message.message_id,
                "sequence": message.sequence,
                "kind": message.kind,
                "outcome": message.outcome,
                "code": message.code,
            }
            for message in row.messages.order_by("-sequence")[:LAST]
        ],
    }
