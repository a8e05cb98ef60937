"""What an officer sees of a case, and what may be done about it now. Opening it is logged."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Final

from suban.cases.models import Case
from suban.cases.queries.assembling import (
    address_of,
    answers_of,
    checks_of,
    defects_of,
    letters_of,
    slots_of,
    timeline_of,
)
from suban.cases.queries.opening import OpenedCase, make_context
from suban.cases.queries.sight import RESULT_LETTERS, Sight, find_for_staff, sight_of
from suban.cases.queries.special import procedures_of
from suban.cases.queries.turns import ending_of, own_step, superseded_texts
from suban.cases.rules.deadlines import deadlines, legal_deadline, suspension
from suban.cases.rules.engine import earlier_steps, open_kinds, open_steps
from suban.cases.rules.frames import FRAMES, possible_acts
from suban.cases.rules.labels import ACT_EFFECTS, ACT_LABELS, state_label
from suban.cases.rules.letters import RECONSIDERATION
from suban.cases.types import Act, OpinionView, PossibleAct, Seat, StaffCase, State
from suban.catalogue.types import DeliveryChannel, Frame
from suban.foundation.services.access_log import record_read
from suban.foundation.services.sealing import unseal
from suban.identity.queries import get_display_name, read_company, read_person
from suban.identity.types import Actor
from suban.kernel.clock import civil_day
from suban.kernel.references import split_ref

_SHOWN_ELSEWHERE: Final = ("defect", "procedure", "procedure_end", "result")


def open_case_file(*, actor: Actor, number: str, at: datetime) -> StaffCase:
    """Return what the officer's role opens of the file, and log who looked.

    :raises UnknownCaseError: there is none that this officer may see.
    """
    case = find_for_staff(actor, number)
    sight = sight_of(actor, case)
    _write_down(case.row, sight, actor, at)
    file = _frame_of_file(case, actor, at)
    if sight.content:
        file = _with_content(file, case, actor, at)
    if sight.delivery:
        file = _with_delivery(file, case, content=sight.content)
    if sight.progress:
        file = replace(file, opinions=_opinions(case), proposal=case.state.proposal)
    return file


def _write_down(row: Case, sight: Sight, actor: Actor, at: datetime) -> None:
    what: tuple[str, ...]
    purpose, what = "效能监督", ("办理进度", "审查意见")
    if sight.content:
        purpose, what = "办理办件", ("申请表", "申请材料")
    elif sight.delivery:
        purpose, what = "送达结果", ("姓名或名称", "邮寄地址", "办理结果")
    record_read(subject=row.party, by=actor.ref, purpose=purpose, what=what, case=f"case:{row.number}", at=at)


def _frame_of_file(case: OpenedCase, actor: Actor, at: datetime) -> StaffCase:
    """Return what every officer sees who sees the case at all: whose it is only in masked letters."""
    row, state, definition = case.row, case.state, case.definition
    today = civil_day(at)
    legal = legal_deadline(state, case.terms, case.calendar)
    return StaffCase(
        number=row.number,
        official_number=row.official_number,
        matter_name=row.matter_name,
        organ_name=definition.organ_name,
        frame=state.frame,
        state=state.state,
        state_label=state_label(state.frame, state.state),
        channel=row.channel,
        party=row.party,
        party_name=row.party_label,
        definition=definition,
        received_at=row.received_at,
        accepted_on=state.accepted_on,
        decided_on=state.decided_on,
        delivery=state.delivery,
        deadlines=deadlines(state, case.terms, case.calendar),
        is_overdue=bool(legal and today > legal.due_on),
        corrections=state.corrections,
        assigned={step: get_display_name(staff) for step, staff in state.assigned.items()},
        result=state.result,
        result_number=row.result_number,
        parcel=state.parcel,
        timeline=timeline_of(row, definition),
        acts=_acts(case, actor, at),
        seq=row.seq,
        suspension=suspension(state, case.terms, case.calendar),
        accepted_by=state.accepted_by,
        accepted_by_name=get_display_name(state.accepted_by) if state.accepted_by else "",
        ending=ending_of(case),
        decided_by_name=get_display_name(state.decided_by) if state.decided_by else "",
    )


def _with_content(file: StaffCase, case: OpenedCase, actor: Actor, at: datetime) -> StaffCase:
    row, definition = case.row, case.definition
    answers = answers_of(row, row.form)
    defects = defects_of(row, definition)
    return replace(
        file,
        sees_content=True,
        party_details=_party_details(row, actor, at),
        answers=answers,
        slots=slots_of(row, definition, answers, defects, civil_day(at)),
        checks=checks_of(row),
        defects=defects,
        procedures=procedures_of(row),
    )


def _with_delivery(file: StaffCase, case: OpenedCase, *, content: bool) -> StaffCase:
    letters = tuple(letter for letter in letters_of(case.row) if letter.kind != RECONSIDERATION)
    return replace(
        file,
        sees_result=True,
        party_name=get_display_name(case.row.party),
        address=address_of(case.row, case.row.form),
        letters=tuple(letter for letter in letters if content or letter.kind in RESULT_LETTERS),
    )


def _party_details(row: Case, actor: Actor, at: datetime) -> dict[str, str]:
    kind, value = split_ref(row.party)
    if kind == "company":
        details = asdict(read_company(value))
    else:
        details = asdict(
            read_person(person=row.party, by=actor, purpose="办理办件", case=f"case:{row.number}", at=at),
        )
    return {
        name: value.isoformat() if isinstance(value, date) else str(value)
        for name, value in details.items()
        if value and name != "ref"
    }


def _opinions(case: OpenedCase) -> tuple[OpinionView, ...]:
    row, superseded = case.row, superseded_texts(case)
    return tuple(
        OpinionView(
            kind=text.kind,
            key=text.key,
            text=unseal(subject=row.party, sealed=bytes(text.sealed)).partition("\n")[2],
            by_name=get_display_name(text.by),
            written_at=text.written_at,
            superseded=text.pk in superseded,
        )
        for text in row.texts.exclude(kind__in=_SHOWN_ELSEWHERE).order_by("id")
    )


def _acts(case: OpenedCase, actor: Actor, at: datetime) -> tuple[PossibleAct, ...]:
    roles = make_context(case, actor, at).roles
    acts: list[PossibleAct] = []
    for act in _done_here(case):
        if act not in possible_acts(case.state.frame, case.state.state) or not _offered(case, act):
            continue
        seat = FRAMES[case.state.frame][case.state.state, act].seat
        if act is Act.RETURN_TO_STEP and seat is Seat.STEP:
            step = own_step(case, actor, at)
            if step and earlier_steps(case.state, case.terms.steps, step):
                acts.append(_possible(act, step=step))
            continue
        if act is Act.COMPLETE_STEP:
            acts.extend(
                _possible(act, step=step.key)
                for step in open_steps(case.state, case.terms.steps)
                if step.role in roles and case.state.assigned.get(step.key, actor.ref) == actor.ref
            )
        elif seat.value in roles or (act is Act.SERVE and Seat.DISPATCHER.value in roles):
            acts.append(_possible(act))
    if case.state.frame is Frame.FILING and case.state.state is State.SUBMITTED and Seat.CLERK.value in roles:
        acts.append(
            PossibleAct(act=Act.ACCEPT, label="完成备案", effect="信息齐全，备案完成，系统出具备案证明。")
        )
    return tuple(acts)


def _done_here(case: OpenedCase) -> Iterable[Act]:
    """Return the acts of officers here: of what a department's own system decides, only the delivery."""
    return (Act.DISPATCH, Act.SERVE) if case.terms.handler else ACT_LABELS


def _offered(case: OpenedCase, act: Act) -> bool:
    """Leave out what would be refused for certain."""
    state = case.state
    if act is Act.REQUEST_CORRECTION:
        return not state.corrections
    if act is Act.OFFER_MENDING:
        return not state.mending and bool(case.terms.mendable)
    if act is Act.RETURN_TO_STEP:
        return bool(state.opinions)
    if act is Act.SERVE:
        return state.state is State.DISPATCHED and state.delivery is DeliveryChannel.PICKUP
    if act is Act.GRANT_ON_SPOT:
        return case.terms.instant
    return _fits_procedures(case, act)


def _fits_procedures(case: OpenedCase, act: Act) -> bool:
    """Tell whether `act` goes together with the special procedures that are under way."""
    if act is Act.START_PROCEDURE:
        return bool(open_kinds(case.state, case.terms.profile.pause_kinds))
    running = any(one.ended_on is None for one in case.state.procedures)
    if act is Act.END_PROCEDURE:
        return running
    return not (act is Act.COMPLETE_STEP and running)


def _possible(act: Act, step: str = "") -> PossibleAct:
    return PossibleAct(act=act, label=ACT_LABELS[act], effect=ACT_EFFECTS[act], step=step)
