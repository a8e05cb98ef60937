"""Decide: whether an act is lawful now, and which facts it makes.

Pure: everything needed comes in with the context; nothing is read or written here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from suban.cases import errors
from suban.cases import events as e
from suban.cases.rules import commands as c
from suban.cases.rules.assignment import draw
from suban.cases.rules.deadlines import legal_deadline, notice_deadline
from suban.cases.rules.frames import find_move
from suban.cases.rules.state import CaseState, evolve
from suban.cases.rules.terms import Terms
from suban.cases.types import Deadline, Seat
from suban.catalogue.types import ReviewStep
from suban.kernel.working_days import WorkingCalendar

AUTHORISED_CAPACITIES: Final = frozenset({"addressee", "authorised", "electronic", "window"})
"""Who may receive a result so that the remedy clock starts (送达): never a locker, station or neighbour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What decides besides the case itself.

    `roles` are those that the actor holds for this organ and matter; `problems` is all that is
    missing or wrong in the application; `eligible` names the officers for each review step.
    """

    at: datetime
    today: date
    actor: str
    roles: frozenset[str] = frozenset()
    is_party: bool = False
    is_system: bool = False
    terms: Terms
    calendar: WorkingCalendar
    problems: tuple[Mapping[str, str], ...] = ()
    eligible: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seed: str = ""


Facts = tuple[e.CaseFact, ...]


def decide(case: CaseState, command: c.Command, context: Context) -> Facts:
    """Return the facts that `command` makes of `case`.

    :raises MoveNotAllowedError: the frame gives no such step from here.
    :raises NotYourSeatError: somebody else must do it.
    :raises DomainError: a guard of the law stands against it; the message says which.
    """
    move = find_move(case.frame, case.state, command.act)
    _check_seat(case, command, move.seat, context)
    return _DECIDE[type(command)](case, command, context)


def _check_seat(case: CaseState, command: c.Command, seat: Seat, context: Context) -> None:
    if seat is Seat.APPLICANT:
        allowed = context.is_party
    elif seat is Seat.SYSTEM:
        allowed = context.is_system or _witnessed(command, context)
    elif seat is Seat.STEP:
        allowed = isinstance(command, c.CompleteStep) and _may_complete(case, command, context)
    else:
        allowed = seat.value in context.roles
    if not allowed:
        raise errors.NotYourSeatError


def _witnessed(command: c.Command, context: Context) -> bool:
    # A result handed over at the window is recorded by the officer who did it.
    at_window = isinstance(command, c.Serve) and command.capacity in {"window", "authorised", "addressee"}
    return at_window and Seat.DISPATCHER.value in context.roles


def _may_complete(case: CaseState, command: c.CompleteStep, context: Context) -> bool:
    step = next((step for step in context.terms.steps if step.key == command.step), None)
    if step is None or step.role not in context.roles:
        return False
    return case.assigned.get(step.key, context.actor) == context.actor


def _prepare_material(case: CaseState, command: c.AddMaterial, context: Context) -> Facts:
    if command.slot not in context.terms.slots:
        raise errors.UnknownSlotError("这个事项不需要这份材料。", slot=command.slot)
    _only_what_was_asked(case, command.slot, context)
    removed = tuple(
        e.MaterialRemoved(case=case.number, slot=command.slot, key=key)
        for key in command.replaces
        if any(held.key == key for held in case.materials)
    )
    added = e.MaterialAdded(
        case=case.number,
        slot=command.slot,
        key=command.key,
        kind=command.kind,
        level=command.level,
        commitment=command.commitment,
        source=command.source,
    )
    return (*removed, added)


def _only_what_was_asked(case: CaseState, slot: str, context: Context) -> None:
    # The form may always be mended: its document follows from the answers.
    asked = {*case.correction_slots, *context.terms.form_slots}
    if case.corrections and slot not in asked:
        raise errors.CorrectionOutsideListError("补正通知没有要求更换这份材料。", slot=slot)


def _remove_material(case: CaseState, command: c.RemoveMaterial, context: Context) -> Facts:
    if not any(held.key == command.key and held.slot == command.slot for held in case.materials):
        raise errors.UnknownSlotError("这份材料已经不在办件里了。", slot=command.slot)
    _only_what_was_asked(case, command.slot, context)
    return (e.MaterialRemoved(case=case.number, slot=command.slot, key=command.key),)


def _submit(case: CaseState, command: c.Submit, context: Context) -> Facts:
    _check_complete(context)
    # Receipt online is the moment of entry into the system (电子签名法第11条, by analogy).
    received = e.CaseSubmitted(
        case=case.number,
        official_number=command.official_number,
        received_at=context.at,
        received_on=context.today,
        channel=command.channel,
        delivery=command.delivery,
    )
    return (received,)


def _submit_correction(case: CaseState, _command: c.SubmitCorrection, context: Context) -> Facts:
    _check_complete(context)
    return (e.CorrectionSubmitted(case=case.number, received_on=context.today),)


def _check_complete(context: Context) -> None:
    if context.problems:
        raise errors.IncompleteApplicationError(
            f"还有 {len(context.problems)} 处需要补充或修改。",
            problems=list(context.problems),
        )


def _request_correction(case: CaseState, command: c.RequestCorrection, context: Context) -> Facts:
    if case.corrections:
        raise errors.SecondCorrectionError(
            "补正内容应当一次告知，不能再次要求补正。", article="行政许可法第32条、第72条第4项"
        )
    if not command.items:
        raise errors.ReasonsMissingError("请至少写明一处需要补正的内容。")
    for item in command.items:
        if item.slot not in context.terms.slots:
            raise errors.CorrectionOutsideListError("只能要求补正办事指南列出的材料。", slot=item.slot)
        if not item.defect.strip() or not item.basis.strip():
            raise errors.ReasonsMissingError("每一处补正都要写明缺陷和依据。", slot=item.slot)
    notice = notice_deadline(case, context.terms, context.calendar)
    if notice and context.today > notice.due_on:
        raise errors.CorrectionTooLateError(
            "一次性告知的期限已过，自收到申请之日起视为受理，不能再要求补正。",
            due_on=notice.due_on,
        )
    slots = tuple(sorted({item.slot for item in command.items}))
    return (
        e.CorrectionRequested(
            case=case.number,
            slots=slots,
            commitment=command.commitment,
        ),
    )


def _accept(case: CaseState, _command: c.Accept, context: Context) -> Facts:
    notice = notice_deadline(case, context.terms, context.calendar)
    if notice and context.today > notice.due_on:
        # The law has accepted it already; a clerk who is late can't move the clock.
        return _lapse(case, notice, context)
    _check_complete(context)
    accepted = e.CaseAccepted(case=case.number, accepted_on=context.today)
    return (accepted, *_begin_review(case, context))


def _deem_accepted(case: CaseState, command: c.DeemAccepted, context: Context) -> Facts:
    notice = notice_deadline(case, context.terms, context.calendar)
    if notice is None or context.today <= notice.due_on:
        raise errors.MoveNotAllowedError(
            state=case.state,
            act=command.act,
            message="一次性告知的期限还没有过，不能视为受理。",
        )
    return _lapse(case, notice, context)


def _lapse(case: CaseState, notice: Deadline, context: Context) -> Facts:
    """Accept from the day of receipt, because no notice came by `notice`."""
    received = case.received_on or notice.due_on
    lapsed = e.CaseDeemedAccepted(case=case.number, accepted_on=received, lapsed_on=notice.due_on)
    return (lapsed, *_begin_review(case, context))


def _begin_review(case: CaseState, context: Context) -> Facts:
    # What is decided on the spot has no review (行政许可法第34条第2款).
    if context.terms.instant:
        return ()
    return (e.ReviewStarted(case=case.number), *_assign_open_steps(case, context))


def _start_review(case: CaseState, _command: c.StartReview, context: Context) -> Facts:
    return (e.ReviewStarted(case=case.number), *_assign_open_steps(case, context))


def open_steps(case: CaseState, steps: tuple[ReviewStep, ...]) -> tuple[ReviewStep, ...]:
    """Return the steps that can be worked on now: not done, and everything before them is."""
    done = case.opinions.keys()
    return tuple(step for step in steps if step.key not in done and all(key in done for key in step.after))


def _assign_open_steps(case: CaseState, context: Context) -> Facts:
    facts = []
    for step in open_steps(case, context.terms.steps):
        among = tuple(sorted(context.eligible.get(step.key, ())))
        if step.key in case.assigned or not among:
            continue
        staff = draw(f"{context.seed}:{case.number}:{step.key}", among)
        facts.append(
            e.StepAssigned(case=case.number, step=step.key, staff=staff, seed=context.seed, among=among),
        )
    return tuple(facts)


def _complete_step(case: CaseState, command: c.CompleteStep, context: Context) -> Facts:
    if command.step not in {step.key for step in open_steps(case, context.terms.steps)}:
        raise errors.MoveNotAllowedError(
            state=case.state,
            act=command.act,
            message="这一步已经有人办过，或者还没轮到。",
        )
    completed = e.StepCompleted(
        case=case.number,
        step=command.step,
        agrees=command.agrees,
        commitment=command.commitment,
    )
    after = evolve(case, completed, by=context.actor)
    if open_steps(after, context.terms.steps):
        return (completed, *_assign_open_steps(after, context))
    grants = all(agrees for _, agrees in after.opinions.values())
    return (completed, e.DecisionProposed(case=case.number, grants=grants))


def _check_decider(case: CaseState, context: Context, overdue_commitment: str) -> None:
    if context.terms.separation and case.accepted_by == context.actor:
        raise errors.SeparationOfDutiesError("受理人不能同时作出决定，请由其他负责人办理。")
    legal = legal_deadline(case, context.terms, context.calendar)
    if legal and context.today > legal.due_on and not overdue_commitment:
        # 优化营商环境条例第36条: an organ that is late says why in public.
        raise errors.ReasonsMissingError("已超过法定期限，请说明逾期理由。", field="overdue_reason")


def _grant(case: CaseState, command: c.Grant, context: Context) -> Facts:
    _check_decider(case, context, command.overdue_commitment)
    return (
        e.CaseGranted(
            case=case.number,
            decided_on=context.today,
            overdue_commitment=command.overdue_commitment,
        ),
    )


def _grant_on_spot(case: CaseState, command: c.GrantOnSpot, context: Context) -> Facts:
    if not context.terms.instant:
        raise errors.MoveNotAllowedError(
            state=case.state,
            act=command.act,
            message="这个事项需要审查，不能当场决定。",
        )
    _check_decider(case, context, "")
    return (e.CaseGranted(case=case.number, decided_on=context.today, on_spot=True),)


def _refuse(case: CaseState, command: c.Refuse, context: Context) -> Facts:
    if not command.reasons.strip():
        raise errors.ReasonsMissingError(
            "不予许可应当说明理由。", field="reasons", article="行政许可法第38条第2款"
        )
    _check_decider(case, context, command.overdue_commitment)
    return (
        e.CaseRefused(
            case=case.number,
            decided_on=context.today,
            commitment=command.commitment,
            overdue_commitment=command.overdue_commitment,
        ),
    )


def _dispatch(case: CaseState, command: c.Dispatch, _context: Context) -> Facts:
    return (e.ResultDispatched(case=case.number, way=command.way, parcel=command.parcel),)


def _serve(case: CaseState, command: c.Serve, _context: Context) -> Facts:
    if command.parcel != case.parcel:
        raise errors.MoveNotAllowedError(
            state=case.state, act=command.act, message="结果正在邮寄，以这个邮件的签收为准。"
        )
    if command.capacity not in AUTHORISED_CAPACITIES:
        raise errors.MoveNotAllowedError(
            state=case.state,
            act=command.act,
            message="只有收件人本人或其授权的人签收才算送达。",
        )
    return (
        e.ResultServed(
            case=case.number,
            served_on=command.served_on,
            capacity=command.capacity,
            parcel=command.parcel,
        ),
    )


def _fail_delivery(case: CaseState, command: c.FailDelivery, _context: Context) -> Facts:
    if command.parcel != case.parcel:
        raise errors.MoveNotAllowedError(
            state=case.state, act=command.act, message="这不是本办件正在寄送的邮件。"
        )
    return (e.DeliveryFailed(case=case.number, parcel=command.parcel, why=command.why),)


_DECIDE: Final[dict[type[c.Command], Callable[[CaseState, Any, Context], Facts]]] = {
    c.AddMaterial: _prepare_material,
    c.RemoveMaterial: _remove_material,
    c.ConfirmForm: lambda case, command, _context: (
        e.FormConfirmed(case=case.number, commitment=command.commitment),
    ),
    c.Discard: lambda case, _command, _context: (e.DraftDiscarded(case=case.number),),
    c.Submit: _submit,
    c.CompleteFiling: lambda case, command, context: (
        e.FilingCompleted(case=case.number, completed_on=context.today, result_number=command.result_number),
    ),
    c.RequestCorrection: _request_correction,
    c.SubmitCorrection: _submit_correction,
    c.Accept: _accept,
    c.DeemAccepted: _deem_accepted,
    c.StartReview: _start_review,
    c.CompleteStep: _complete_step,
    c.Grant: _grant,
    c.GrantOnSpot: _grant_on_spot,
    c.Refuse: _refuse,
    c.Withdraw: lambda case, _command, _context: (e.CaseWithdrawn(case=case.number),),
    c.Issue: lambda case, command, _context: (e.ResultIssued(case=case.number, result=command.result),),
    c.Dispatch: _dispatch,
    c.FailDelivery: _fail_delivery,
    c.Serve: _serve,
    c.Close: lambda case, _command, context: (e.CaseClosed(case=case.number, closed_on=context.today),),
}
