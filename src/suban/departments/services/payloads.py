"""What is pushed: the case as the department's system needs it, built when it is sent."""

from datetime import datetime
from typing import Any

from django.conf import settings

from suban.cases.queries.handled import HandledStatus
from suban.cases.queries.staff import open_case_file
from suban.cases.types import MaterialView, StaffCase
from suban.catalogue.rules import show_answer
from suban.departments.models import HandledCase, Push
from suban.departments.queries.systems import make_actor
from suban.departments.types import Payload, PushKind
from suban.foundation.queries.files import get_file

PROTOCOL = "suban-department/1"
_WITH_FILE = frozenset({PushKind.CASE_SUBMITTED, PushKind.CORRECTION_SUBMITTED})


def make_payload(push: Push, status: HandledStatus, *, at: datetime) -> Payload:
    """Return the message; with the application and the list of its materials where these are new.

    The look at the file is written down: it goes to another office.
    """
    payload: dict[str, Any] = {
        "protocol": PROTOCOL,
        "message_id": push.ref,
        "sequence": push.sequence,
        "kind": push.kind,
        "case": status.number,
        "matter": {"code": status.matter, "name": status.matter_name},
        "next_sequence": push.case.next_sequence,
    }
    if PushKind(push.kind) in _WITH_FILE:
        payload |= _application(push.case, status, at)
    return payload


def _application(row: HandledCase, status: HandledStatus, at: datetime) -> dict[str, Any]:
    file = open_case_file(actor=make_actor(status), number=row.number, at=at)
    definition = file.definition
    return {
        "official_number": file.official_number,
        "received_at": file.received_at.isoformat() if file.received_at else None,
        "channel": file.channel,
        "delivery": str(file.delivery or ""),
        "deadlines": [
            {"kind": due.kind, "due_on": due.due_on.isoformat(), "provisional": due.provisional}
            for due in file.deadlines
        ],
        "applicant": {"kind": file.party.partition(":")[0], **file.party_details},
        "steps": [{"key": step.key, "name": step.name} for step in definition.steps if step.kind != "decide"],
        "fields": [
            {
                "name": field.name,
                "label": field.label,
                "value": file.answers[field.name],
                "text": show_answer(field, file.answers[field.name]),
            }
            for field in definition.fields
            if field.name in file.answers
        ],
        "materials": _materials(file),
    }


def _materials(file: StaffCase) -> list[dict[str, Any]]:
    return [_material(file.number, slot.material.name, given) for slot in file.slots for given in slot.given]


def _material(number: str, name: str, given: MaterialView) -> dict[str, Any]:
    described: dict[str, Any] = {
        "slot": given.slot,
        "name": name,
        "kind": given.kind.value,
        "level": given.level.value,
        "source": given.source,
        "obtained_at": given.obtained_at.isoformat(),
    }
    if given.record:
        described["record"] = given.record
    if given.file_id:
        described["file"] = {
            "name": given.name,
            "size": given.size,
            "media_type": given.media_type,
            "digest": get_file(given.file_id).digest,
            "url": f"{settings.SUBAN.public_url}/api/departments/cases/{number}/files/{given.key}",
        }
    return described
