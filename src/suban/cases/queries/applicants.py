"""What applicants, and companies asked to confirm, may see: their own, and nothing else exists."""

import hmac
from datetime import datetime
from typing import Final

from suban.cases.errors import UnknownCaseError
from suban.cases.models import Case, Confirmation
from suban.cases.queries.assembling import (
    address_of,
    answers_of,
    checks_of,
    confirmation_view,
    defects_of,
    letters_of,
    slots_of,
    texts_of,
    timeline_of,
)
from suban.cases.queries.opening import OpenedCase, open_own, open_row
from suban.cases.queries.problems import find_problems
from suban.cases.queries.remedies import find_remedy
from suban.cases.queries.special import procedures_of
from suban.cases.queries.turns import ending_of, mending_words
from suban.cases.rules.deadlines import deadlines, suspension
from suban.cases.rules.frames import FRAMES, possible_acts
from suban.cases.rules.labels import state_label
from suban.cases.types import (
    Act,
    ApplicantCase,
    CaseLine,
    CasePage,
    Channel,
    ConfirmationView,
    PublicStatus,
    Receipt,
    Seat,
    State,
)
from suban.catalogue.types import Frame
from suban.foundation.services.sealing import unseal
from suban.identity.queries import get_organ
from suban.identity.types import Actor
from suban.kernel.clock import civil_day


def open_case_for(*, actor: Actor, number: str, at: datetime) -> ApplicantCase:
    """Return the actor's own case with everything its pages show.

    :raises UnknownCaseError: there is none, or it is somebody else's.
    """
    case = open_own(actor, number)
    row, state, definition = case.row, case.state, case.definition
    today = civil_day(at)
    answers = answers_of(row, row.form)
    defects = defects_of(row, definition)
    editable = state.state in {State.DRAFT, State.CORRECTION}
    reasons = texts_of(row, "reasons")
    return ApplicantCase(
        number=row.number,
        official_number=row.official_number,
        query_code=_query_code(row),
        matter_code=row.matter_code,
        matter_name=row.matter_name,
        organ=row.organ_code,
        organ_name=definition.organ_name,
        frame=state.frame,
        state=state.state,
        state_label=state_label(state.frame, state.state),
        definition=definition,
        answers=answers,
        revision=row.form.revision,
        saved_at=row.form.saved_at,
        confirmed=row.form.confirmed_revision == row.form.revision,
        delivery=row.form.delivery,
        address=address_of(row, row.form),
        slots=slots_of(row, definition, answers, defects, today),
        checks=checks_of(row),
        problems=find_problems(case, today) if editable else (),
        received_at=row.received_at,
        accepted_on=state.accepted_on,
        decided_on=state.decided_on,
        served_on=state.served_on,
        deadlines=deadlines(state, case.terms, case.calendar),
        defects=defects,
        reasons=reasons[0][1] if reasons else "",
        letters=letters_of(row),
        result=state.result,
        result_number=row.result_number,
        parcel=state.parcel,
        timeline=timeline_of(row, definition),
        may=_own_acts(case, actor),
        channel=state.channel,
        ending=ending_of(case),
        mending=state.mending,
        mending_words=mending_words(case),
        remedy=find_remedy(case, at),
        suspension=suspension(state, case.terms, case.calendar),
        procedures=procedures_of(row),
    )


# Two hands in one form confuse each other: what is at the window goes on there until it is taken home.
_AT_THE_WINDOW: Final = frozenset({Act.PREPARE, Act.SUBMIT, Act.SUBMIT_CORRECTION})


def _own_acts(case: OpenedCase, actor: Actor) -> frozenset[Act]:
    state = case.state
    acts = frozenset(
        act
        for act in possible_acts(state.frame, state.state)
        if FRAMES[state.frame][state.state, act].seat is Seat.APPLICANT
    )
    elsewhere = state.channel is Channel.COUNTER and not actor.is_staff
    return acts - _AT_THE_WINDOW if elsewhere else acts


def _query_code(row: Case) -> str:
    sealed = bytes(row.query_code)
    return unseal(subject=row.party, sealed=sealed) if sealed else ""


def get_receipt(*, actor: Actor, number: str) -> Receipt:
    """Return the receipt of the actor's own case.

    :raises UnknownCaseError: there is no such case, or it wasn't handed in yet.
    """
    case = open_own(actor, number)
    row, state = case.row, case.state
    if row.received_at is None or state.received_on is None:
        raise UnknownCaseError
    return Receipt(
        number=row.number,
        official_number=state.official_number,
        query_code=_query_code(row),
        received_at=row.received_at,
        received_on=state.received_on,
        state=state.state,
    )


def list_my_cases(
    *,
    actor: Actor,
    cursor: str = "",
    limit: int = 20,
    drafts: bool | None = None,
) -> CasePage:
    """Return the party's cases, the newest first; `drafts` keeps only drafts, or only the others."""
    rows = Case.objects.filter(party=actor.party).exclude(state=State.DISCARDED).order_by("-id")
    if drafts is not None:
        rows = rows.filter(state=State.DRAFT) if drafts else rows.exclude(state=State.DRAFT)
    if cursor.isdecimal():
        rows = rows.filter(id__lt=int(cursor))
    found = list(rows[: limit + 1])
    lines = tuple(_line(row) for row in found[:limit])
    return CasePage(lines=lines, next_cursor=str(found[limit - 1].pk) if len(found) > limit else "")


def _line(row: Case) -> CaseLine:
    return CaseLine(
        number=row.number,
        matter_name=row.matter_name,
        organ_name=get_organ(row.organ_code).name,
        state=State(row.state),
        state_label=state_label(Frame(row.frame), State(row.state)),
        due_on=row.due_on,
        due_kind=row.due_kind,
        started_at=row.started_at,
        received_at=row.received_at,
        days_left=row.days_left,
    )


def find_draft(*, actor: Actor, matter_code: str) -> str:
    """Return the number of the party's latest draft of a matter, or an empty string."""
    numbers = Case.objects.filter(party=actor.party, matter_code=matter_code, state=State.DRAFT)
    return numbers.order_by("-id").values_list("number", flat=True).first() or ""


def list_confirmations(*, actor: Actor, open_only: bool) -> tuple[ConfirmationView, ...]:
    """Return what the company that the actor acts for was asked to confirm, the newest first."""
    if not actor.on_behalf_of:
        return ()
    rows = Confirmation.objects.filter(company=actor.on_behalf_of).select_related("case").order_by("-id")
    if open_only:
        rows = rows.filter(state="asked")
    return tuple(confirmation_view(row) for row in rows[:100])


def get_confirmation(*, actor: Actor, key: str) -> ConfirmationView:
    """Return one request to the company that the actor acts for.

    :raises UnknownCaseError: no such request was made to this company.
    """
    row = (
        Confirmation.objects.filter(company=actor.on_behalf_of or "-", key=key).select_related("case").first()
    )
    if row is None:
        raise UnknownCaseError
    return confirmation_view(row)


def find_public_status(*, number: str, query_code: str) -> PublicStatus:
    """Return the progress of a case to whoever has its number and query code.

    :raises UnknownCaseError: number and code don't belong together; the two errors look the same.
    """
    row = (
        Case.objects.select_related("form").filter(number=number).first()
        or Case.objects.select_related("form")
        .filter(official_number=number)
        .exclude(official_number="")
        .first()
    )
    if (
        row is None
        or not hmac.compare_digest(_query_code(row).encode(), query_code.encode())
        or not query_code
    ):
        raise UnknownCaseError
    case = open_row(row)
    return PublicStatus(
        number=row.number,
        matter_name=row.matter_name,
        organ_name=case.definition.organ_name,
        state=case.state.state,
        state_label=state_label(case.state.frame, case.state.state),
        received_on=case.state.received_on,
        due_on=row.due_on,
        timeline=timeline_of(row, case.definition),
        suspension=suspension(case.state, case.terms, case.calendar),
    )
