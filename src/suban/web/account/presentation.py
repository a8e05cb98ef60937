"""What the account pages show: masked details, and the log of looks in words."""

from dataclasses import dataclass
from datetime import datetime

from suban.foundation.queries.access_log import PAGE, list_reads
from suban.identity.queries import get_organ, get_staff
from suban.identity.rules import mask_address, mask_citizen_id, mask_email, mask_name, mask_phone
from suban.identity.types import SYSTEM, PersonDetails
from suban.web.ui.presentation import PageLinks


@dataclass(frozen=True, slots=True)
class MaskedPerson:
    """A person's details as their own page shows them."""

    name: str
    citizen_id: str
    phone: str
    email: str
    address: str


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One look at somebody's data."""

    read_at: datetime
    who: str
    purpose: str
    what: str
    case: str


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page of the log."""

    lines: tuple[ReadLine, ...]
    links: PageLinks


def mask_person(person: PersonDetails) -> MaskedPerson:
    """Return the details with what could be misused hidden."""
    return MaskedPerson(
        name=mask_name(person.name),
        citizen_id=mask_citizen_id(person.citizen_id),
        phone=mask_phone(person.phone),
        email=mask_email(person.email),
        address=mask_address(person.address),
    )


def list_read_lines(subject: str, before: int | None) -> ReadPage:
    """Return a page of looks at the subject's data, newest first."""
    found = list_reads(subject, before)
    names = {ref: _who(ref, subject) for ref in {entry.actor for entry in found}}
    lines = tuple(
        ReadLine(
            read_at=entry.read_at,
            who=names[entry.actor],
            purpose=entry.purpose,
            what="、".join(entry.what),
            case=entry.case.removeprefix("case:") if entry.case.startswith("case:") else "",
        )
        for entry in found
    )
    following = f"?before={found[-1].id}" if len(found) == PAGE else ""
    return ReadPage(lines, PageLinks(previous="?" if before else "", next=following))


def _who(ref: str, subject: str) -> str:
    if ref == subject:
        return "本人"
    if ref.startswith("staff:"):
        staff = get_staff(ref)
        return f"{get_organ(staff.organ).name} {staff.name}"
    return SYSTEM.name if ref == SYSTEM.ref else "其他"
