"""The turns beside the usual way, at the desk and by the applicant: mended, turned away, complained of."""

from typing import Any

from ninja import Router
from pydantic import Field

from suban.api.gates import APPLICANT, ApiRequest, staff
from suban.api.schemas import Answer, CaseNumber, Input, Key, Text
from suban.cases.services.mending import correct_on_spot, offer_mending
from suban.cases.services.reconsideration import apply_for_reconsideration
from suban.cases.services.turns import (
    declare_not_competent,
    declare_not_needed,
    refuse_false_material,
    return_to_step,
    terminate_case,
)
from suban.cases.types import Ground
from suban.identity.types import Role
from suban.kernel.clock import now

router = Router(tags=["办理"])


class ReasonsIn(Input):
    """Why."""

    reasons: Text = Field(min_length=1, max_length=4000)


class NotCompetentIn(ReasonsIn):
    """Which organ is competent: its code, or its name where it isn't on the platform."""

    organ: str = Field(default="", pattern=r"^[0-9A-Z]{0,18}$")
    organ_name: Text = Field(default="", max_length=100)


class MendingIn(Input):
    """Which fields of the form the applicant may mend, and what is wrong."""

    fields: list[Key] = Field(min_length=1, max_length=50)
    words: Text = Field(min_length=1, max_length=4000)


class ReturnIn(ReasonsIn):
    """Back to which step; `step` is one's own, empty for the decider."""

    target: Key
    step: str = Field(default="", pattern=r"^[a-z0-9_]{0,48}$")


class FalseMaterialIn(ReasonsIn):
    """Which materials are false, and what the applicant answered."""

    slots: list[Key] = Field(min_length=1, max_length=50)
    heard: Text = Field(min_length=1, max_length=4000)
    overdue_reason: Text = Field(default="", max_length=2000)


class TerminateIn(ReasonsIn):
    """On what ground and legal basis."""

    ground: Ground
    basis: Text = Field(min_length=1, max_length=4000)


class MendedIn(Input):
    """The answers to what was to be mended."""

    answers: dict[str, Any] = Field(max_length=100)


class ReconsiderationIn(Input):
    """What the applicant asks for, and why."""

    wish: Text = Field(min_length=1, max_length=4000)
    reasons: Text = Field(min_length=1, max_length=4000)


class ReconsiderationOut(Answer):
    """The key of the application among the letters of the case."""

    letter: str


@router.post(
    "/cases/{number}/mending", auth=APPLICANT, response={204: None}, summary="当场更正", tags=["申请"]
)
def mend_own(request: ApiRequest, number: CaseNumber, given: MendedIn) -> None:
    """Mend what the officer showed; receipt and clocks stay as they were."""
    correct_on_spot(actor=request.auth, number=number, answers=given.answers, at=now())


@router.post(
    "/cases/{number}/reconsideration",
    auth=APPLICANT,
    response=ReconsiderationOut,
    summary="生成行政复议申请书",
    tags=["申请"],
)
def reconsider(request: ApiRequest, number: CaseNumber, given: ReconsiderationIn) -> ReconsiderationOut:
    """Make the application for reconsideration as PDF; it is signed and handed in outside."""
    key = apply_for_reconsideration(
        actor=request.auth, number=number, wish=given.wish, reasons=given.reasons, at=now()
    )
    return ReconsiderationOut(letter=key)


@router.post("/files/{number}/not-needed", auth=staff(Role.CLERK), response={204: None}, summary="告知不受理")
def not_needed(request: ApiRequest, number: CaseNumber, given: ReasonsIn) -> None:
    """Tell that the law asks for no licence here."""
    declare_not_needed(actor=request.auth, number=number, reasons=given.reasons, at=now())


@router.post(
    "/files/{number}/not-competent", auth=staff(Role.CLERK), response={204: None}, summary="不予受理"
)
def not_competent(request: ApiRequest, number: CaseNumber, given: NotCompetentIn) -> None:
    """Turn away what another organ handles, and name it."""
    declare_not_competent(
        actor=request.auth,
        number=number,
        organ=given.organ,
        organ_name=given.organ_name,
        reasons=given.reasons,
        at=now(),
    )


@router.post("/files/{number}/mending", auth=staff(Role.CLERK), response={204: None}, summary="允许当场更正")
def mend(request: ApiRequest, number: CaseNumber, given: MendingIn) -> None:
    """Let the applicant mend slips of the form; no clock stops."""
    offer_mending(actor=request.auth, number=number, fields=given.fields, words=given.words, at=now())


@router.post(
    "/files/{number}/return",
    auth=staff(Role.CLERK, Role.EXAMINER, Role.REVIEWER, Role.DECIDER),
    response={204: None},
    summary="退回前一步",
)
def send_back(request: ApiRequest, number: CaseNumber, given: ReturnIn) -> None:
    """Send the case back to an earlier review step."""
    return_to_step(
        actor=request.auth,
        number=number,
        step=given.step,
        target=given.target,
        reasons=given.reasons,
        at=now(),
    )


@router.post(
    "/files/{number}/false-material",
    auth=staff(Role.DECIDER),
    response={204: None},
    summary="虚假材料处理",
)
def false_material(request: ApiRequest, number: CaseNumber, given: FalseMaterialIn) -> None:
    """Turn away or refuse for false material, with a warning."""
    refuse_false_material(
        actor=request.auth,
        number=number,
        slots=given.slots,
        reasons=given.reasons,
        heard=given.heard,
        overdue_reason=given.overdue_reason,
        at=now(),
    )


@router.post("/files/{number}/terminate", auth=staff(Role.DECIDER), response={204: None}, summary="终止办理")
def terminate(request: ApiRequest, number: CaseNumber, given: TerminateIn) -> None:
    """End the procedure without a decision."""
    terminate_case(
        actor=request.auth,
        number=number,
        ground=given.ground,
        basis=given.basis,
        reasons=given.reasons,
        at=now(),
    )
