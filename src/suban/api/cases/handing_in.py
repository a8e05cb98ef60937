"""Checking, handing in, and everything after it that is the applicant's."""

from ninja import Router
from pydantic import Field

from suban.api.cases.views import CheckOut, ReceiptOut
from suban.api.gates import APPLICANT, ApiRequest
from suban.api.schemas import Answer, CaseNumber, Input
from suban.cases.queries.applicants import get_receipt, open_case_for
from suban.cases.services.checks import run_checks
from suban.cases.services.submission import confirm_form, submit_case, withdraw_case
from suban.cases.types import Channel
from suban.kernel.clock import now

router = Router(tags=["申请"])


class ConfirmIn(Input):
    """The revision of the answers that the applicant saw."""

    revision: int = Field(ge=0, le=2_000_000_000)


class ResultOut(Answer):
    """How far the result is; `licence_id` is empty until it is signed."""

    state: str
    licence_id: str
    result_number: str


@router.post("/cases/{number}/form/confirm", auth=APPLICANT, response={204: None}, summary="确认申请表")
def confirm(request: ApiRequest, number: CaseNumber, given: ConfirmIn) -> None:
    """Make the form document from the answers and confirm it."""
    confirm_form(actor=request.auth, number=number, revision=given.revision, at=now())


@router.post("/cases/{number}/checks", auth=APPLICANT, response=list[CheckOut], summary="提交前检查")
def check(request: ApiRequest, number: CaseNumber) -> list[CheckOut]:
    """Run the automatic checks."""
    results = run_checks(actor=request.auth, number=number, at=now())
    return [CheckOut.model_validate(result) for result in results]


@router.post("/cases/{number}/submit", auth=APPLICANT, response=ReceiptOut, summary="提交")
def submit(request: ApiRequest, number: CaseNumber) -> ReceiptOut:
    """Hand the application, or the correction, in; submitting again gives the same receipt."""
    receipt = submit_case(actor=request.auth, number=number, at=now(), channel=Channel.API)
    return ReceiptOut.model_validate(receipt)


@router.get("/cases/{number}/receipt", auth=APPLICANT, response=ReceiptOut, summary="收件凭证")
def receipt(request: ApiRequest, number: CaseNumber) -> ReceiptOut:
    """Return the receipt of a submission."""
    return ReceiptOut.model_validate(get_receipt(actor=request.auth, number=number))


@router.get("/cases/{number}/result", auth=APPLICANT, response=ResultOut, summary="办理结果")
def result(request: ApiRequest, number: CaseNumber) -> ResultOut:
    """Return how far the result is."""
    case = open_case_for(actor=request.auth, number=number, at=now())
    return ResultOut(
        state=case.state,
        licence_id=case.result.removeprefix("licence:"),
        result_number=case.result_number,
    )


@router.post("/cases/{number}/withdraw", auth=APPLICANT, response={204: None}, summary="撤回")
def withdraw(request: ApiRequest, number: CaseNumber) -> None:
    """Withdraw the application; possible until the decision."""
    withdraw_case(actor=request.auth, number=number, at=now())
