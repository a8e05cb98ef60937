"""How every act on a case runs: lock the row, decide, append the facts, update the row, publish, once.

The order of statements is the same for all: one to lock, one for the events, one to update the row,
those of the outbox and the worklist; document numbers are drawn last but one, because their counter
row is the busiest.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from suban.cases import events as e
from suban.cases.errors import UnknownCaseError
from suban.cases.models import Case, CaseLetter, CaseTask
from suban.cases.queries.opening import OpenedCase, open_row, write_snapshot
from suban.cases.rules.commands import Command
from suban.cases.rules.deadlines import legal_deadline
from suban.cases.rules.engine import Context, decide
from suban.cases.rules.letters import LETTERS, document_number, series
from suban.cases.rules.state import evolve
from suban.cases.rules.work import days_left, next_due, open_work, work_due_on
from suban.foundation.services.evidence import append_events
from suban.foundation.services.numbering import next_gapless
from suban.foundation.services.outbox import publish
from suban.foundation.services.transactions import transaction_required
from suban.foundation.types import ChainHead, NewEvent
from suban.identity.queries import get_organ
from suban.identity.types import Actor
from suban.kernel.clock import civil_day
from suban.kernel.references import new_id


@transaction_required
def lock_case(number: str) -> OpenedCase:
    """Return the case, its row locked until the transaction ends.

    Two clerks may press at once; the second must see the first's result.

    :raises UnknownCaseError: there is none.
    """
    try:
        row = Case.objects.select_for_update(no_key=True).get(number=number)
    except Case.DoesNotExist:
        raise UnknownCaseError from None
    return open_row(row)


@transaction_required
def act(locked: OpenedCase, command: Command, context: Context, actor: Actor) -> OpenedCase:
    """Do `command`: decide, append, update, publish. Returns the case as it is now.

    :raises DomainError: the act isn't lawful now; nothing was written.
    """
    facts = _number_letters(locked, decide(locked.state, command, context), context.today)
    return record(locked, facts, actor=actor, at=context.at, on=context.today)


@transaction_required
def record(
    locked: OpenedCase, facts: Iterable[e.CaseFact], *, actor: Actor, at: datetime, on: date | None = None
) -> OpenedCase:
    """Write decided facts: the chain, the row, the worklist, the outbox.

    `on` is the legal day on which they take effect, where that isn't the day of `at`.
    """
    facts, today = tuple(facts), on or civil_day(at)
    state = locked.state
    for fact in facts:
        state = evolve(state, fact, by=actor.ref)
    row = locked.row
    locked_seq = row.seq
    head = append_events(
        stream=f"case:{row.number}",
        head=ChainHead(row.seq, row.digest),
        events=[NewEvent(fact.topic, payload(fact), fact.version) for fact in facts],
        at=at,
        effective_on=today,
        by=actor.ref,
        on_behalf_of=actor.on_behalf_of,
    )
    after = replace(locked, state=state)
    _project(after, head)
    _sync_tasks(locked, after, actor=actor, at=at)
    _open_letters(row, facts, first=locked_seq + 1, today=today)
    for fact in facts:
        publish(fact)
    return after


def payload(fact: e.CaseFact) -> dict[str, object]:
    """Return what the chain keeps of a fact; the stream already names the case."""
    fields = fact.encode()
    del fields["case"]
    return fields


def _project(locked: OpenedCase, head: ChainHead) -> None:
    row, state = locked.row, locked.state
    row.state = state.state
    row.snapshot = write_snapshot(state)
    row.seq, row.digest = head.seq, head.digest
    row.official_number = state.official_number
    row.received_on, row.accepted_on, row.decided_on = state.received_on, state.accepted_on, state.decided_on
    project_due(locked)
    row.save()


def project_due(locked: OpenedCase) -> None:
    """Set the due columns of the row (unsaved) from the derivation."""
    row = locked.row
    due = next_due(locked.state, locked.terms, locked.calendar)
    legal = legal_deadline(locked.state, locked.terms, locked.calendar)
    row.due_on = due.due_on if due else None
    row.due_kind = due.kind if due else ""
    row.due_provisional = bool(due and due.provisional)
    row.days_left = days_left(locked.state, locked.terms, locked.calendar)
    row.legal_due_on = legal.due_on if legal else None


def _sync_tasks(before: OpenedCase, after: OpenedCase, *, actor: Actor, at: datetime) -> None:
    old = open_work(before.state, before.terms)
    new = open_work(after.state, after.terms)
    if done := old - new:
        CaseTask.objects.filter(
            case=after.row,
            key__in=[work.key for work in done],
            done_at__isnull=True,
        ).update(done_at=at, done_by=actor.ref)
    due = next_due(after.state, after.terms, after.calendar)
    if before.state.procedures != after.state.procedures:
        CaseTask.objects.filter(case=after.row, done_at__isnull=True).update(
            due_on=work_due_on(after.state, due, civil_day(at))
        )
    if opened := new - old:
        CaseTask.objects.bulk_create(
            CaseTask(
                case=after.row,
                key=work.key,
                role=work.role,
                organ_code=after.row.organ_code,
                matter_code=after.row.matter_code,
                assignee=work.assignee,
                due_on=work_due_on(after.state, due, civil_day(at)),
                opened_at=at,
            )
            for work in sorted(opened, key=lambda work: work.key)
        )


def _number_letters(locked: OpenedCase, facts: tuple[e.CaseFact, ...], today: date) -> tuple[e.CaseFact, ...]:
    """Give each letter its gapless number; the counter's row is locked here, late in the transaction."""
    return tuple(_number(locked, fact, today) if isinstance(fact, e.NumberedFact) else fact for fact in facts)


def _number(locked: OpenedCase, fact: e.NumberedFact, today: date) -> e.NumberedFact:
    organ = get_organ(locked.row.organ_code)
    signs = series(locked.state.frame, LETTERS[type(fact)])
    serial = next_gapless(organ=organ.uscc, kind=signs, year=today.year)
    number = document_number(organ.short_name, signs, today.year, serial)
    return replace(fact, document_number=number)


def _open_letters(row: Case, facts: tuple[e.CaseFact, ...], *, first: int, today: date) -> None:
    letters = [
        CaseLetter(
            case=row,
            kind=LETTERS[type(fact)].kind,
            key=new_id(),
            document_number=fact.document_number if isinstance(fact, e.NumberedFact) else "",
            issued_on=today,
            seq=seq,
        )
        for seq, fact in enumerate(facts, first)
        if type(fact) in LETTERS
    ]
    if letters:
        CaseLetter.objects.bulk_create(letters)
