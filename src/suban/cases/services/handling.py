"""What the organ does with an application: accept, ask for corrections, examine, decide."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from suban.cases.errors import NotYourSeatError, UnknownCaseError
from suban.cases.models import CaseText
from suban.cases.queries.assembling import answers_of
from suban.cases.queries.opening import OpenedCase, make_context
from suban.cases.rules import commands as c
from suban.cases.rules.materials import missing_materials
from suban.cases.services.acting import act, lock_case
from suban.cases.services.assignment import with_draw
from suban.cases.services.filing import complete_filing
from suban.cases.services.texts import write_if_any, write_text
from suban.cases.types import CorrectionItem
from suban.catalogue.rules import required_materials
from suban.catalogue.types import Frame
from suban.foundation.services.transactions import transaction
from suban.identity.queries import recheck
from suban.identity.types import SYSTEM, Actor, Role
from suban.kernel.canonical import digest
from suban.kernel.clock import civil_day


def accept_case(*, actor: Actor, number: str, at: datetime) -> None:
    """Accept the application; the review begins and its officers are drawn (T09, T12).

    For a filing that waited for a person, this completes it.

    :raises MoveNotAllowedError: somebody else was faster.
    :raises IncompleteApplicationError: a required material is missing.
    """
    actor = recheck(actor)
    with transaction():
        locked = lock_case(number)
        if locked.state.frame is Frame.FILING:
            _check_clerk(make_context(locked, actor, at).roles)
            complete_filing(locked, at)
            return
        context = with_draw(locked, make_context(locked, actor, at))
        act(locked, c.Accept(), replace(context, problems=find_missing(locked, at)), actor)


def _check_clerk(roles: frozenset[str]) -> None:
    # The system completes a filing, so the engine asks for no seat: the clerk's is asked for here.
    if not roles:
        raise UnknownCaseError
    if Role.CLERK not in roles:
        raise NotYourSeatError


def find_missing(locked: OpenedCase, at: datetime) -> tuple[dict[str, str], ...]:
    """Return the required materials that aren't there."""
    answers = answers_of(locked.row, locked.row.form)
    required = required_materials(locked.definition, answers, on=civil_day(at))
    return tuple(
        {"where": "material", "key": material.slot, "message": f"缺少{material.name}。"}
        for material in missing_materials(required, locked.state.materials)
    )


def deem_accepted(*, number: str, at: datetime) -> None:
    """Let the lapse of the notice period take effect: accepted from the day of receipt (T10).

    :raises MoveNotAllowedError: the period hasn't lapsed, or somebody acted meanwhile.
    """
    with transaction():
        locked = lock_case(number)
        context = with_draw(locked, make_context(locked, SYSTEM, at))
        act(locked, c.DeemAccepted(), context, SYSTEM)


def request_correction(
    *,
    actor: Actor,
    number: str,
    items: Sequence[CorrectionItem],
    at: datetime,
) -> None:
    """Tell the applicant, once and completely, what must be corrected (T05).

    :raises SecondCorrectionError: a notice was sent before.
    :raises CorrectionTooLateError: the days for it have passed.
    :raises CorrectionOutsideListError: an item asks for what the published list doesn't.
    """
    actor = recheck(actor)
    with transaction():
        locked = lock_case(number)
        texts = [
            write_text(locked, "defect", f"{item.defect}\n依据：{item.basis}", actor, at, key=item.slot)
            for item in items
        ]
        commitment = digest("".join(text.commitment for text in texts).encode())
        command = c.RequestCorrection(items=tuple(items), commitment=commitment)
        act(locked, command, make_context(locked, actor, at), actor)
        CaseText.objects.bulk_create(texts)


def complete_step(
    *,
    actor: Actor,
    number: str,
    step: str,
    agrees: bool,
    opinion: str,
    at: datetime,
) -> None:
    """Give the opinion of a review step; the last one makes the proposal (T22).

    :raises NotYourSeatError: the step fell to somebody else.
    """
    actor = recheck(actor)
    with transaction():
        locked = lock_case(number)
        text = write_text(locked, "opinion", opinion, actor, at, key=step)
        command = c.CompleteStep(step=step, agrees=agrees, commitment=text.commitment)
        act(locked, command, with_draw(locked, make_context(locked, actor, at)), actor)
        text.save(force_insert=True)


def grant_case(*, actor: Actor, number: str, at: datetime, overdue_reason: str = "") -> None:
    """Grant what was applied for (T23).

    :raises SeparationOfDutiesError: the actor accepted this application.
    :raises ReasonsMissingError: the legal day has passed and no reason is given.
    """
    actor = recheck(actor)
    with transaction():
        locked = lock_case(number)
        late = write_if_any(locked, "overdue", overdue_reason, actor, at)
        command = c.Grant(overdue_commitment=late.commitment if late else "")
        act(locked, command, make_context(locked, actor, at), actor)
        if late:
            late.save(force_insert=True)


def grant_on_spot(*, actor: Actor, number: str, at: datetime) -> None:
    """Grant at once what needs no examination (T11).

    :raises MoveNotAllowedError: the matter must be examined.
    """
    actor = recheck(actor)
    with transaction():
        locked = lock_case(number)
        act(locked, c.GrantOnSpot(), make_context(locked, actor, at), actor)


def refuse_case(
    *,
    actor: Actor,
    number: str,
    reasons: str,
    at: datetime,
    overdue_reason: str = "",
) -> None:
    """Refuse, with reasons; the letter names the remedies of the matter (T24).

    :raises ReasonsMissingError: no reasons were written.
    """
    actor = recheck(actor)
    with transaction():
        locked = lock_case(number)
        text = write_text(locked, "reasons", reasons, actor, at)
        late = write_if_any(locked, "overdue", overdue_reason, actor, at)
        command = c.Refuse(
            reasons=reasons,
            commitment=text.commitment,
            overdue_commitment=late.commitment if late else "",
        )
        act(locked, command, make_context(locked, actor, at), actor)
        CaseText.objects.bulk_create([text, *([late] if late else [])])
