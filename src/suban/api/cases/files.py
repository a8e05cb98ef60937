"""Files of a case: materials, letters; parcels on their way."""

from datetime import date, datetime

from django.http import StreamingHttpResponse
from ninja import Router

from suban.api.downloads import FILE_ANSWER, send_file
from suban.api.gates import SIGNED_IN, ApiRequest
from suban.api.schemas import Answer, CaseNumber, Key
from suban.cases.queries.applicants import open_case_for
from suban.cases.queries.files import find_letter_file, find_material_file
from suban.cases.queries.staff import open_case_file
from suban.delivery.queries import list_parcels_of
from suban.kernel.clock import now
from suban.kernel.references import make_ref

router = Router(tags=["文件与寄递"])


class StepOut(Answer):
    """A line of the tracking, newest last."""

    at: datetime
    words: str
    place: str
    kind: str


class ParcelOut(Answer):
    """A parcel of the case; `number` is empty until the carrier gives it."""

    number: str
    purpose: str
    state: str
    state_words: str
    contents: str
    ordered_at: datetime
    signed_at: datetime | None
    signer_name_masked: str
    capacity_words: str
    service_date: date | None
    steps: list[StepOut]


@router.get(
    "/cases/{number}/materials/{key}/file",
    auth=SIGNED_IN,
    response={200: None},
    openapi_extra=FILE_ANSWER,
    summary="下载材料",
)
def material_file(request: ApiRequest, number: CaseNumber, key: Key) -> StreamingHttpResponse:
    """Return the file of a material to its applicant or an officer of the case."""
    return send_file(find_material_file(actor=request.auth, number=number, key=key, at=now()))


@router.get(
    "/cases/{number}/letters/{key}/file",
    auth=SIGNED_IN,
    response={200: None},
    openapi_extra=FILE_ANSWER,
    summary="下载文书",
)
def letter_file(request: ApiRequest, number: CaseNumber, key: Key) -> StreamingHttpResponse:
    """Return a letter to the applicant or an officer of the case."""
    return send_file(find_letter_file(actor=request.auth, number=number, key=key, at=now()))


@router.get("/cases/{number}/parcels", auth=SIGNED_IN, response=list[ParcelOut], summary="寄递轨迹")
def list_parcels(request: ApiRequest, number: CaseNumber) -> list[ParcelOut]:
    """Return the parcels of a case to its applicant or an officer of it."""
    gate = open_case_file if request.auth.is_staff else open_case_for
    gate(actor=request.auth, number=number, at=now())
    parcels = list_parcels_of(make_ref("case", number))
    return [ParcelOut.model_validate(parcel) for parcel in parcels]
