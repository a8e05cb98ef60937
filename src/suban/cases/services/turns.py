"""The turns beside the usual way: not needed, not competent, sent back, false material, terminated."""

from collections.abc import Sequence
from datetime import datetime

from suban.cases.models import ApplicationBan, CaseText
from suban.cases.queries.opening import OpenedCase, make_context
from suban.cases.rules import commands as c
from suban.cases.services.acting import act, lock_case
from suban.cases.services.assignment import with_draw
from suban.cases.services.texts import write_if_any, write_text
from suban.cases.types import Ground
from suban.foundation.services.transactions import transaction, transaction_required
from suban.identity.queries import find_organ, recheck
from suban.identity.types import Actor
from suban.kernel.clock import civil_day


def declare_not_needed(*, actor: Actor, number: str, reasons: str, at: datetime) -> None:
    """Tell the applicant at once that the law asks for no licence here (T02).

    :raises NoticeTooLateError: the application counts as accepted already.
    :raises ReasonsMissingError: no reasons were written.
    """
    actor = recheck(actor)
    with transaction():
        locked = lock_case(number)
        text = write_text(locked, "reasons", reasons, actor, at)
        command = c.DeclareNotNeeded(reasons=reasons, commitment=text.commitment)
        act(locked, command, make_context(locked, actor, at), actor)
        text.save(force_insert=True)


def declare_not_competent(
    *, actor: Actor, number: str, organ: str, organ_name: str = "", reasons: str, at: datetime
) -> None:
    """Turn away what isn't this organ's to handle, and name the organ that is competent (T03).

    `organ` is the code of an organ on the platform; of another only `organ_name` is known.

    :raises NoticeTooLateError: the application counts as accepted already.
    :raises ReasonsMissingError: no reasons were written, or no other organ was named.
    """
    actor = recheck(actor)
    found = find_organ(organ) if organ else None
    with transaction():
        locked = lock_case(number)
        text = write_text(locked, "reasons", reasons, actor, at)
        command = c.DeclareNotCompetent(
            organ=found.uscc if found else "",
            organ_name=found.name if found else organ_name.strip()[:100],
            reasons=reasons,
            commitment=text.commitment,
        )
        act(locked, command, make_context(locked, actor, at), actor)
        text.save(force_insert=True)


def return_to_step(
    *, actor: Actor, number: str, target: str, reasons: str, at: datetime, step: str = ""
) -> None:
    """Send the case back to the earlier review step `target`; the clocks run on.

    `step` is the reviewer's own step; empty for the decider.

    :raises MoveNotAllowedError: `target` doesn't lie before, or nobody did it yet.
    :raises ReasonsMissingError: no reasons were written.
    """
    actor = recheck(actor)
    with transaction():
        locked = lock_case(number)
        text = write_text(locked, "return", reasons, actor, at, key=target)
        command = c.ReturnToStep(step=step, target=target, reasons=reasons, commitment=text.commitment)
        act(locked, command, with_draw(locked, make_context(locked, actor, at)), actor)
        text.save(force_insert=True)


def refuse_false_material(
    *,
    actor: Actor,
    number: str,
    slots: Sequence[str],
    reasons: str,
    heard: str,
    at: datetime,
    overdue_reason: str = "",
) -> None:
    """Turn away or refuse for false material, with a warning, and bar a new application (T25).

    `heard` says what the applicant answered to the charge, and what was made of it.

    :raises ReasonsMissingError: no false material, facts or hearing were named.
    :raises SeparationOfDutiesError: the actor accepted this application.
    """
    actor = recheck(actor)
    with transaction():
        locked = lock_case(number)
        texts = [
            write_text(locked, "reasons", reasons, actor, at),
            write_text(locked, "heard", heard, actor, at),
        ]
        late = write_if_any(locked, "overdue", overdue_reason, actor, at)
        command = c.RefuseFalseMaterial(
            slots=tuple(slots),
            reasons=reasons,
            heard=heard,
            commitment=texts[0].commitment,
            heard_commitment=texts[1].commitment,
            overdue_commitment=late.commitment if late else "",
        )
        after = act(locked, command, make_context(locked, actor, at), actor)
        CaseText.objects.bulk_create([*texts, *([late] if late else [])])
        _bar(after, at)


@transaction_required
def _bar(after: OpenedCase, at: datetime) -> None:
    ending = after.state.ending
    if ending and ending.banned_until:
        ApplicationBan.objects.create(
            case=after.row,
            party=after.row.party,
            base_code=after.definition.base_code,
            since=civil_day(at),
            until=ending.banned_until,
            article=after.definition.law_profile.article("reapply_ban_months"),
        )


def terminate_case(
    *, actor: Actor, number: str, ground: Ground, basis: str, reasons: str, at: datetime
) -> None:
    """End the procedure without a decision on the application (T27).

    :raises ReasonsMissingError: basis or reasons are missing, or the ground doesn't fit the matter.
    """
    actor = recheck(actor)
    with transaction():
        locked = lock_case(number)
        texts = [
            write_text(locked, "reasons", reasons, actor, at),
            write_text(locked, "basis", basis, actor, at),
        ]
        command = c.Terminate(
            ground=Ground(ground), basis=basis, reasons=reasons, commitment=texts[0].commitment
        )
        act(locked, command, make_context(locked, actor, at), actor)
        CaseText.objects.bulk_create(texts)
