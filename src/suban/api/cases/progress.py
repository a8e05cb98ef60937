"""Progress without signing in: number and query code, throttled as the page is."""

from datetime import date

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from suban.api.cases.views import EntryOut
from suban.api.errors import TooManyAttemptsError
from suban.api.gates import PUBLIC
from suban.api.schemas import Answer, Input, Line
from suban.cases.queries.applicants import find_public_status
from suban.identity.services import admit_code_attempt

router = Router(tags=["公开查询"])


class ProgressIn(Input):
    """What stands on the receipt."""

    number: Line = Field(min_length=3, max_length=64)
    query_code: str = Field(pattern=r"^[0-9A-Za-z]{1,20}$")


class ProgressOut(Answer):
    """How far a case is, without anybody's data."""

    number: str
    matter_name: str
    organ_name: str
    state: str
    state_label: str
    received_on: date | None
    due_on: date | None
    timeline: list[EntryOut]


@router.post("/progress", auth=None, response=ProgressOut, openapi_extra={**PUBLIC}, summary="凭查询码查进度")
def progress(request: HttpRequest, given: ProgressIn) -> ProgressOut:
    """Return how far a case is; the code travels in the body, so that no log keeps it."""
    if not admit_code_attempt(request, number=given.number):
        raise TooManyAttemptsError("查询太频繁，请稍后再试。")
    status = find_public_status(number=given.number, query_code=given.query_code)
    return ProgressOut.model_validate(status)
