"""The desk of staff: worklists, the file, and every act on a case."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Router
from pydantic import Field

from suban.api.cases.views import (
    AddressOut,
    CheckOut,
    DeadlineOut,
    DefectOut,
    EntryOut,
    LetterOut,
    SlotOut,
    letter_out,
    slot_out,
)
from suban.api.gates import STAFF, ApiRequest, staff
from suban.api.schemas import Answer, CaseNumber, Cursor, Input, Key, Limit, Text
from suban.cases.queries.staff import open_case_file
from suban.cases.queries.worklists import count_worklists, list_worklist
from suban.cases.services.handling import (
    accept_case,
    complete_step,
    grant_case,
    refuse_case,
    request_correction,
)
from suban.cases.services.results import dispatch_result, hand_over_result
from suban.cases.types import CorrectionItem, StaffCase
from suban.identity.types import Role
from suban.kernel.clock import civil_day, now

router = Router(tags=["办理"])


class WorkOut(Answer):
    """A line of a worklist."""

    number: str
    official_number: str
    party_label: str
    matter_name: str
    task: str
    task_label: str
    state: str
    assignee: str
    due_on: date
    days_left: int
    urgency: str
    channel: str
    corrected: bool
    received_at: datetime | None


class WorkPageOut(Answer):
    """A page of a worklist, the most urgent first."""

    items: list[WorkOut]
    next: str


class OpinionOut(Answer):
    """What an officer wrote."""

    kind: str
    key: str
    text: str
    by_name: str
    written_at: datetime


class ActOut(Answer):
    """What this officer may do now, and what it causes."""

    act: str
    label: str
    effect: str
    step: str


class FileOut(Answer):
    """A case as far as the officer's role opens it; opening it is logged."""

    number: str
    official_number: str
    matter_name: str
    organ_name: str
    frame: str
    state: str
    state_label: str
    channel: str
    party: str
    party_name: str
    party_details: dict[str, str]
    answers: dict[str, Any]
    slots: list[SlotOut]
    checks: list[CheckOut]
    received_at: datetime | None
    accepted_on: date | None
    decided_on: date | None
    delivery: str | None
    address: AddressOut | None
    deadlines: list[DeadlineOut]
    is_overdue: bool
    corrections: int
    defects: list[DefectOut]
    opinions: list[OpinionOut]
    proposal: bool | None
    assigned: dict[str, str]
    letters: list[LetterOut]
    result: str
    result_number: str
    timeline: list[EntryOut]
    acts: list[ActOut]
    seq: int
    sees_content: bool
    sees_result: bool


class CorrectionIn(Input):
    """One line of a correction notice."""

    slot: Key
    defect: Text = Field(min_length=1, max_length=1000)
    basis: Text = Field(min_length=1, max_length=500)


class CorrectionsIn(Input):
    """The whole notice: there is only one."""

    items: list[CorrectionIn] = Field(min_length=1, max_length=50)


class StepIn(Input):
    """The opinion of a review step."""

    agrees: bool
    opinion: Text = Field(default="", max_length=5000)


class GrantIn(Input):
    """A grant; after the legal day it says why it is late."""

    overdue_reason: Text = Field(default="", max_length=2000)


class RefuseIn(Input):
    """A refusal with its reasons."""

    reasons: Text = Field(min_length=1, max_length=5000)
    overdue_reason: Text = Field(default="", max_length=2000)


class HandOverIn(Input):
    """Who took the result at the window."""

    capacity: Literal["window", "authorised"]


class DispatchOut(Answer):
    """The parcel that was ordered; empty when the result is laid ready at the window."""

    parcel: str


View = Literal["mine", "open", "soon", "overdue"]


@router.get("/worklists", auth=STAFF, response=dict[str, int], summary="待办数量")
def count_work(request: ApiRequest) -> dict[str, int]:
    """Return how much work lies in each view; 1000 means that much or more."""
    return count_worklists(actor=request.auth, today=civil_day(now()))


@router.get("/worklists/{view}", auth=STAFF, response=WorkPageOut, summary="待办列表")
def list_work(
    request: ApiRequest,
    view: View,
    cursor: Cursor = "",
    limit: Limit = 50,
    matter: Annotated[str, Field(pattern=r"^[0-9A-Z]{0,40}$")] = "",
    text: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{0,40}$")] = "",
) -> WorkPageOut:
    """Return a page of work: mine, open, due soon or overdue."""
    page = list_worklist(
        actor=request.auth,
        view=view,
        today=civil_day(now()),
        cursor=cursor,
        limit=limit,
        filters={"matter": matter, "text": text},
    )
    return WorkPageOut(items=[WorkOut.model_validate(line) for line in page.lines], next=page.next_cursor)


@router.get("/files/{number}", auth=STAFF, response=FileOut, summary="办件卷宗")
def get_file(request: ApiRequest, number: CaseNumber) -> FileOut:
    """Return what one's role opens of the file; who looked is written down."""
    return _file_out(open_case_file(actor=request.auth, number=number, at=now()))


@router.post("/files/{number}/accept", auth=staff(Role.CLERK), response={204: None}, summary="受理")
def accept(request: ApiRequest, number: CaseNumber) -> None:
    """Accept the application."""
    accept_case(actor=request.auth, number=number, at=now())


@router.post(
    "/files/{number}/correction", auth=staff(Role.CLERK), response={204: None}, summary="一次性告知补正"
)
def correct(request: ApiRequest, number: CaseNumber, given: CorrectionsIn) -> None:
    """Tell the applicant, once and completely, what must be corrected."""
    items = [CorrectionItem(slot=item.slot, defect=item.defect, basis=item.basis) for item in given.items]
    request_correction(actor=request.auth, number=number, items=items, at=now())


@router.post(
    "/files/{number}/steps/{step}",
    auth=staff(Role.CLERK, Role.EXAMINER, Role.REVIEWER, Role.DECIDER),
    response={204: None},
    summary="审查意见",
)
def step(request: ApiRequest, number: CaseNumber, step: Key, given: StepIn) -> None:
    """Give the opinion of a review step."""
    complete_step(
        actor=request.auth, number=number, step=step, agrees=given.agrees, opinion=given.opinion, at=now()
    )


@router.post("/files/{number}/grant", auth=staff(Role.DECIDER), response={204: None}, summary="准予")
def grant(request: ApiRequest, number: CaseNumber, given: GrantIn) -> None:
    """Grant what was applied for; the signed licence follows."""
    grant_case(actor=request.auth, number=number, at=now(), overdue_reason=given.overdue_reason)


@router.post("/files/{number}/refuse", auth=staff(Role.DECIDER), response={204: None}, summary="不予")
def refuse(request: ApiRequest, number: CaseNumber, given: RefuseIn) -> None:
    """Refuse with reasons; the letter names the remedies."""
    refuse_case(
        actor=request.auth,
        number=number,
        reasons=given.reasons,
        at=now(),
        overdue_reason=given.overdue_reason,
    )


@router.post("/files/{number}/dispatch", auth=staff(Role.DISPATCHER), response=DispatchOut, summary="寄出")
def dispatch(request: ApiRequest, number: CaseNumber) -> DispatchOut:
    """Hand the printed result to the carrier, or lay it ready at the window."""
    return DispatchOut(parcel=dispatch_result(actor=request.auth, number=number, at=now()))


@router.post(
    "/files/{number}/hand-over", auth=staff(Role.DISPATCHER), response={204: None}, summary="窗口交付"
)
def hand_over(request: ApiRequest, number: CaseNumber, given: HandOverIn) -> None:
    """Record that the addressee, or someone authorised, took the result."""
    hand_over_result(actor=request.auth, number=number, capacity=given.capacity, at=now())


def _file_out(case: StaffCase) -> FileOut:
    parts: dict[str, Any] = {
        "slots": [slot_out(slot) for slot in case.slots],
        "letters": [letter_out(letter) for letter in case.letters],
    }
    for name in FileOut.model_fields:
        if name not in parts:
            parts[name] = getattr(case, name)
    return FileOut.model_validate(parts)
