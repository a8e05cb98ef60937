"""The gate of the window: a clerk acts for whoever stands there, in that one case, while it is being made.

行政许可法第29条: an application may be made in writing, at the organ. The clerk must take applications in for
that organ and matter.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from suban.cases.errors import UnknownCaseError
from suban.cases.models import Case
from suban.cases.queries.applicants import get_receipt, open_case_for
from suban.cases.queries.opening import read_snapshot
from suban.cases.types import ApplicantCase, Channel, Receipt, State
from suban.cases.types.window import Visitor, WindowLine
from suban.foundation.services.access_log import record_read
from suban.identity.queries import find_person_by_citizen_id, get_display_name, list_companies_of
from suban.identity.types import Actor, Role

BEING_MADE: Final = frozenset({State.DRAFT, State.CORRECTION})
_MOST_LINES: Final = 50


def act_for(clerk: Actor, party: str) -> Actor:
    """Return the clerk acting for a party that stands at the window; both go into every fact."""
    return replace(clerk, on_behalf_of=party, user_id=None)


def find_at_window(*, clerk: Actor, number: str) -> Actor:
    """Return who acts in a case that is being made at the clerk's window now.

    :raises UnknownCaseError: none is, it is another organ's, or nobody is there for it; all look the same.
    """
    row = Case.objects.filter(number=number, state__in=BEING_MADE).first()
    if row is None or not _takes_in(clerk, row):
        raise UnknownCaseError
    state = read_snapshot(row.snapshot)
    if state.channel is not Channel.COUNTER or not state.present:
        raise UnknownCaseError
    return act_for(clerk, row.party)


def open_at_window(*, clerk: Actor, number: str, at: datetime) -> ApplicantCase:
    """Return the case as the window's page shows it; the look is written down.

    :raises UnknownCaseError: it isn't being made at the clerk's window.
    """
    actor = find_at_window(clerk=clerk, number=number)
    what = ("申请表", "申请材料")
    record_read(
        subject=actor.party, by=clerk.ref, purpose="窗口收件", what=what, case=f"case:{number}", at=at
    )
    return open_case_for(actor=actor, number=number, at=at)


def get_window_receipt(*, clerk: Actor, number: str) -> Receipt:
    """Return the receipt of what was handed in at a window of the clerk's organ.

    :raises UnknownCaseError: there is none.
    """
    row = Case.objects.filter(number=number, channel=Channel.COUNTER).exclude(state__in=BEING_MADE).first()
    if row is None or not _takes_in(clerk, row):
        raise UnknownCaseError
    return get_receipt(actor=act_for(clerk, row.party), number=number)


def list_at_window(*, clerk: Actor) -> tuple[WindowLine, ...]:
    """Return what was begun at windows of the clerk's organs and isn't handed in, the newest first."""
    organs = clerk.organs_for(Role.CLERK)
    rows = Case.objects.filter(state=State.DRAFT, channel=Channel.COUNTER, organ_code__in=organs)
    return tuple(
        WindowLine(
            number=row.number,
            party_label=row.party_label,
            matter_name=row.matter_name,
            started_at=row.started_at,
        )
        for row in rows.order_by("-id")[:_MOST_LINES]
        if _takes_in(clerk, row)
    )


def find_visitor(*, number: str, citizen_id: str, clerk: Actor, at: datetime) -> Visitor:
    """Return in which capacity the holder of the identity card may go on with a case.

    :raises UnknownCaseError: no such case is being made, or it isn't theirs; the two look the same.
    """
    row = Case.objects.filter(number=number, state__in=BEING_MADE).first()
    present = find_person_by_citizen_id(citizen_id)
    if row is None or present is None or not _takes_in(clerk, row):
        raise UnknownCaseError
    if present == row.party:
        return Visitor(present=present, party=row.party, capacity="self")
    if any(company.ref == row.party for company in list_companies_of(present, at=at)):
        return Visitor(present=present, party=row.party, capacity="member")
    raise UnknownCaseError


def get_present_name(*, clerk: Actor, number: str) -> str:
    """Return the name of whoever stands at the window for the case.

    :raises UnknownCaseError: nobody does.
    """
    find_at_window(clerk=clerk, number=number)
    return get_display_name(read_snapshot(Case.objects.get(number=number).snapshot).present)


def _takes_in(clerk: Actor, row: Case) -> bool:
    return clerk.may(Role.CLERK, row.organ_code, row.matter_code)
