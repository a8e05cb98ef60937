"""Licences: one's own with their signed files; for everybody, whether one is real and in force."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router
from pydantic import Field

from suban.api.downloads import FILE_ANSWER, send_file
from suban.api.gates import APPLICANT, PUBLIC, SIGNED_IN, ApiRequest
from suban.api.schemas import Answer, LicenceId
from suban.kernel.clock import now
from suban.licences.queries import (
    get_licence_for,
    get_public_licence,
    get_status_list,
    list_licences_of,
)

router = Router(tags=["证照"])
PAGE = 50


class LicenceLineOut(Answer):
    """One line of "my licences"."""

    id: str
    type_name: str
    number: str
    issuer_name: str
    issued_on: date
    expires_on: date | None
    status: str


class LicencesOut(Answer):
    """A page of licences; `next` fetches the following one, empty on the last."""

    items: list[LicenceLineOut]
    next: str


class LicenceOut(Answer):
    """A licence for those who may see it."""

    id: str
    type_name: str
    type_code: str
    number: str
    version: str
    holder_name: str
    issuer_name: str
    face: dict[str, str]
    issued_on: date
    expires_on: date | None
    status: str
    case: str
    verify_url: str


class PublicLicenceOut(Answer):
    """What anybody may know: no ID number, no photo, a masked name."""

    id: str
    type_name: str
    number: str
    holder: str
    issuer_name: str
    issued_on: date
    expires_on: date | None
    status: str
    status_as_of: datetime


@router.get("/licences", auth=APPLICANT, response=LicencesOut, summary="我的证照")
def list_mine(
    request: ApiRequest, cursor: Annotated[str, Field(pattern=r"^[0-9]{0,18}$")] = ""
) -> LicencesOut:
    """Return one's own licences, the newest first."""
    lines = list_licences_of(request.auth.party, at=now(), cursor=int(cursor or 0))
    following = str(lines[-1].cursor) if len(lines) == PAGE else ""
    return LicencesOut(items=[LicenceLineOut.model_validate(line) for line in lines], next=following)


@router.get("/licences/{licence_id}", auth=SIGNED_IN, response=LicenceOut, summary="证照详情")
def get_one(request: ApiRequest, licence_id: LicenceId) -> LicenceOut:
    """Return a licence to its holder or to staff of the organ that issued it."""
    return LicenceOut.model_validate(get_licence_for(request.auth, licence_id, at=now()))


@router.get(
    "/licences/{licence_id}/file",
    auth=SIGNED_IN,
    response={200: None},
    openapi_extra=FILE_ANSWER,
    summary="下载签名证照",
)
def get_file(request: ApiRequest, licence_id: LicenceId) -> StreamingHttpResponse:
    """Return the signed PDF."""
    return send_file(get_licence_for(request.auth, licence_id, at=now(), purpose="下载证照").file_id)


@router.get(
    "/public/licences/{licence_id}",
    auth=None,
    response=PublicLicenceOut,
    openapi_extra={**PUBLIC},
    tags=["公开查询"],
    summary="核验证照",
)
def verify(request: HttpRequest, licence_id: LicenceId) -> PublicLicenceOut:  # noqa: ARG001 - ninja's signature
    """Tell whether a licence exists and is in force."""
    return PublicLicenceOut.model_validate(get_public_licence(licence_id, at=now()))


@router.get(
    "/public/licence-statuses",
    auth=None,
    response=dict[str, Any],
    openapi_extra={**PUBLIC},
    tags=["公开查询"],
    summary="证照状态名单",
)
def status_list(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """Return the newest signed list of licences that aren't simply valid, byte for byte as signed."""
    return HttpResponse(get_status_list(), content_type="application/json")
