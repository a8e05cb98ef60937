"""Preparing an application: start, answer, choose the delivery, look, give up."""

from typing import Annotated, Any

from ninja import Header, Router
from pydantic import Field

from suban.api.cases.views import CaseOut, LineOut, case_out
from suban.api.gates import APPLICANT, ApiRequest
from suban.api.schemas import Answer, CaseNumber, Cursor, Input, Limit, Line, MatterCode
from suban.cases.queries.applicants import list_my_cases, open_case_for
from suban.cases.services.drafts import choose_delivery, discard_draft, save_answers, start_case
from suban.cases.services.results import set_delivery_address
from suban.catalogue.types import DeliveryChannel
from suban.delivery.types import ParcelAddress
from suban.kernel.clock import now

router = Router(tags=["申请"])


class StartIn(Input):
    """Which matter to apply for."""

    matter_code: MatterCode


class StartOut(Answer):
    """The draft that was opened."""

    number: str


class AnswersIn(Input):
    """Answers by field name; `revision` is the one they are based on, null overwrites what is there."""

    answers: dict[str, Any] = Field(max_length=500)
    revision: int | None = Field(default=None, ge=0, le=2_000_000_000)


class AnswersOut(Answer):
    """The answers as they are kept."""

    answers: dict[str, Any]
    revision: int


class RevisionOut(Answer):
    """The revision after saving."""

    revision: int


class AddressIn(Input):
    """Where to send the result."""

    name: Line = Field(min_length=1, max_length=60)
    phone: Line = Field(min_length=1, max_length=30)
    address: Line = Field(min_length=1, max_length=300)


class DeliveryIn(Input):
    """How the result reaches the applicant; by post with an address."""

    way: DeliveryChannel
    address: AddressIn | None = None


class CasesOut(Answer):
    """A page of cases; `next` fetches the following one, empty on the last."""

    items: list[LineOut]
    next: str


@router.post("/cases", auth=APPLICANT, response={201: StartOut}, summary="开始申请")
def start(
    request: ApiRequest,
    given: StartIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", pattern=r"^[0-9A-Za-z_-]{8,128}$")],
) -> StartOut:
    """Open a draft; the same Idempotency-Key gives the same draft again."""
    number = start_case(
        actor=request.auth, matter_code=given.matter_code, at=now(), idempotency_key=idempotency_key
    )
    return StartOut(number=number)


@router.get("/cases", auth=APPLICANT, response=CasesOut, summary="我的办件")
def list_cases(
    request: ApiRequest,
    cursor: Cursor = "",
    limit: Limit = 20,
    drafts: bool | None = None,  # noqa: FBT001 - a query parameter
) -> CasesOut:
    """Return one's own cases, the newest first; `drafts` keeps only drafts, or only the others."""
    page = list_my_cases(actor=request.auth, cursor=cursor, limit=limit, drafts=drafts)
    return CasesOut(items=[LineOut.model_validate(line) for line in page.lines], next=page.next_cursor)


@router.get("/cases/{number}", auth=APPLICANT, response=CaseOut, summary="办件详情")
def get_case(request: ApiRequest, number: CaseNumber) -> CaseOut:
    """Return one's own case with everything about it."""
    return case_out(open_case_for(actor=request.auth, number=number, at=now()))


@router.delete("/cases/{number}", auth=APPLICANT, response={204: None}, summary="删除草稿")
def discard(request: ApiRequest, number: CaseNumber) -> None:
    """Give a draft up and erase what was written in it."""
    discard_draft(actor=request.auth, number=number, at=now())


@router.get("/cases/{number}/answers", auth=APPLICANT, response=AnswersOut, summary="读取填写内容")
def get_answers(request: ApiRequest, number: CaseNumber) -> AnswersOut:
    """Return the answers and their revision."""
    case = open_case_for(actor=request.auth, number=number, at=now())
    return AnswersOut(answers=case.answers, revision=case.revision)


@router.put("/cases/{number}/answers", auth=APPLICANT, response=RevisionOut, summary="保存填写内容")
def put_answers(request: ApiRequest, number: CaseNumber, given: AnswersIn) -> RevisionOut:
    """Keep the answers, right or wrong; what is wrong stands in the case's problems."""
    revision = save_answers(
        actor=request.auth, number=number, answers=given.answers, at=now(), revision=given.revision
    )
    return RevisionOut(revision=revision)


@router.put("/cases/{number}/delivery", auth=APPLICANT, response={204: None}, summary="选择领取方式")
def put_delivery(request: ApiRequest, number: CaseNumber, given: DeliveryIn) -> None:
    """Keep how, and where, the applicant wants the result."""
    at = now()
    choose_delivery(actor=request.auth, number=number, way=given.way, at=at)
    if given.address is not None:
        address = ParcelAddress(
            name=given.address.name, phone=given.address.phone, address=given.address.address
        )
        set_delivery_address(actor=request.auth, number=number, address=address, at=at)
