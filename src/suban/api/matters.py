"""The catalogue: matters to find, and everything a service guide says about one."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from suban.api.gates import PUBLIC
from suban.api.schemas import Answer, Cursor, Limit, MatterCode
from suban.catalogue.queries import get_matter, list_matters, search_matters
from suban.catalogue.rules import form_schema

router = Router(tags=["事项"])
Region = Annotated[str, Field(pattern=r"^([0-9]{6}|)$")]
Target = Annotated[str, Field(pattern=r"^(person|company|)$")]


class CardOut(Answer):
    """A matter in a list."""

    code: str
    version: int
    name: str
    plain_name: str
    summary: str
    frame: str
    target: str
    organ: str
    organ_name: str
    region_code: str
    promised_days: int
    on_site_visits: int
    charged: bool


class CardsOut(Answer):
    """A page of matters; `next` fetches the following one, empty on the last."""

    items: list[CardOut]
    next: str


class MatterOut(Answer):
    """A matter in force: its whole definition, and the JSON Schema of its form."""

    code: str
    version: int
    digest: str
    published_at: datetime
    effective_from: date
    definition: dict[str, Any]
    form_schema: dict[str, Any]


@router.get("/matters", auth=None, response=CardsOut, openapi_extra={**PUBLIC}, summary="事项目录")
def list_all(
    request: HttpRequest,  # noqa: ARG001 - ninja's signature
    region: Region = "",
    target: Target = "",
    cursor: Cursor = "",
    limit: Limit = 20,
) -> CardsOut:
    """Return the matters in force, by code."""
    page = list_matters(region=region, target=target, cursor=cursor, limit=limit)
    return CardsOut(items=[CardOut.model_validate(card) for card in page.cards], next=page.next_cursor)


@router.get(
    "/matters/search", auth=None, response=list[CardOut], openapi_extra={**PUBLIC}, summary="搜索事项"
)
def search(
    request: HttpRequest,  # noqa: ARG001 - ninja's signature
    text: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")],
    region: Region = "",
    target: Target = "",
    limit: Limit = 20,
) -> list[CardOut]:
    """Return the matters that the words speak of, best first."""
    found = search_matters(text, region=region, target=target, limit=limit)
    return [CardOut.model_validate(card) for card in found]


@router.get("/matters/{code}", auth=None, response=MatterOut, openapi_extra={**PUBLIC}, summary="办事指南")
def get_one(request: HttpRequest, code: MatterCode) -> MatterOut:  # noqa: ARG001 - ninja's signature
    """Return the definition in force."""
    matter = get_matter(code)
    return MatterOut(
        code=matter.code,
        version=matter.version,
        digest=matter.digest,
        published_at=matter.published_at,
        effective_from=matter.effective_from,
        definition=matter.definition.model_dump(mode="json"),
        form_schema=form_schema(matter.definition),
    )
