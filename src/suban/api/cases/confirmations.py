"""What a company is asked to confirm, by whoever acts for it."""

from ninja import Router
from pydantic import Field

from suban.api.cases.views import ConfirmationOut
from suban.api.gates import APPLICANT, ApiRequest
from suban.api.schemas import Input, Key, Text
from suban.cases.queries.applicants import get_confirmation, list_confirmations
from suban.cases.services.confirmations import confirm_material, decline_confirmation
from suban.kernel.clock import now

router = Router(tags=["单位确认"])


class DeclineIn(Input):
    """Why not; the applicant reads it."""

    reason: Text = Field(min_length=1, max_length=1000)


@router.get("/confirmations", auth=APPLICANT, response=list[ConfirmationOut], summary="待确认事项")
def list_asked(
    request: ApiRequest,
    open_only: bool = True,  # noqa: FBT001,FBT002 - a query parameter
) -> list[ConfirmationOut]:
    """Return what the company that one acts for was asked to confirm."""
    found = list_confirmations(actor=request.auth, open_only=open_only)
    return [ConfirmationOut.model_validate(view) for view in found]


@router.get("/confirmations/{key}", auth=APPLICANT, response=ConfirmationOut, summary="确认详情")
def get_asked(request: ApiRequest, key: Key) -> ConfirmationOut:
    """Return one request to the company."""
    return ConfirmationOut.model_validate(get_confirmation(actor=request.auth, key=key))


@router.post("/confirmations/{key}/confirm", auth=APPLICANT, response={204: None}, summary="确认")
def confirm(request: ApiRequest, key: Key) -> None:
    """Confirm for the company."""
    confirm_material(actor=request.auth, key=key, at=now())


@router.post("/confirmations/{key}/decline", auth=APPLICANT, response={204: None}, summary="不予确认")
def decline(request: ApiRequest, key: Key, given: DeclineIn) -> None:
    """Decline for the company, with a reason."""
    decline_confirmation(actor=request.auth, key=key, reason=given.reason, at=now())
