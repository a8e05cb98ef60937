"""Giving materials: collected where they are held, uploaded, promised, confirmed by a company."""

from django.conf import settings
from ninja import Router
from ninja.files import UploadedFile

from suban.api.cases.views import SlotOut, slot_out
from suban.api.gates import APPLICANT, ApiRequest
from suban.api.schemas import Answer, CaseNumber, Key
from suban.cases.queries.applicants import open_case_for
from suban.cases.services.confirmations import request_confirmation
from suban.cases.services.materials import (
    attach_material,
    collect_held_materials,
    promise_material,
    remove_material,
    use_held_material,
)
from suban.cases.types import Upload
from suban.kernel.clock import now

router = Router(tags=["材料"])


class KeyOut(Answer):
    """The key of what was given or asked."""

    key: str


class HeldOut(Answer):
    """The outcome per slot: held, not_held or down."""

    outcomes: dict[str, str]


@router.get("/cases/{number}/materials", auth=APPLICANT, response=list[SlotOut], summary="材料清单")
def list_slots(request: ApiRequest, number: CaseNumber) -> list[SlotOut]:
    """Return the materials that are asked for, with what is there and which ways are open."""
    case = open_case_for(actor=request.auth, number=number, at=now())
    return [slot_out(slot) for slot in case.slots]


@router.post("/cases/{number}/held-materials", auth=APPLICANT, response=HeldOut, summary="自动取得已有材料")
def collect(request: ApiRequest, number: CaseNumber) -> HeldOut:
    """Ask for everything that registers or licences may hold."""
    return HeldOut(outcomes=collect_held_materials(actor=request.auth, number=number, at=now()))


@router.post("/cases/{number}/materials/{slot}", auth=APPLICANT, response={201: KeyOut}, summary="上传材料")
def upload(request: ApiRequest, number: CaseNumber, slot: Key, file: UploadedFile) -> KeyOut:
    """Upload a file into a slot; one for a single file replaces what was there."""
    key = attach_material(
        actor=request.auth,
        number=number,
        slot=slot,
        upload=Upload(name=file.name or "file", content=file.chunks(), expected_size=file.size),
        limit=settings.SUBAN.max_upload_bytes,
        at=now(),
    )
    return KeyOut(key=key)


@router.delete(
    "/cases/{number}/materials/{slot}/files/{key}", auth=APPLICANT, response={204: None}, summary="移除材料"
)
def remove(request: ApiRequest, number: CaseNumber, slot: Key, key: Key) -> None:
    """Take a material out of the file."""
    remove_material(actor=request.auth, number=number, slot=slot, key=key, at=now())


@router.post(
    "/cases/{number}/materials/{slot}/held", auth=APPLICANT, response={204: None}, summary="使用已有材料"
)
def use_held(request: ApiRequest, number: CaseNumber, slot: Key) -> None:
    """Take a material from the register or licence that holds it."""
    use_held_material(actor=request.auth, number=number, slot=slot, at=now())


@router.post(
    "/cases/{number}/materials/{slot}/promise", auth=APPLICANT, response={204: None}, summary="告知承诺"
)
def promise(request: ApiRequest, number: CaseNumber, slot: Key) -> None:
    """Give the promise in place of the material, where the matter allows it."""
    promise_material(actor=request.auth, number=number, slot=slot, at=now())


@router.post(
    "/cases/{number}/materials/{slot}/confirmation",
    auth=APPLICANT,
    response={201: KeyOut},
    summary="请单位确认",
)
def ask_company(request: ApiRequest, number: CaseNumber, slot: Key) -> KeyOut:
    """Ask the company named in the form to confirm; asking twice asks once."""
    return KeyOut(key=request_confirmation(actor=request.auth, number=number, slot=slot, at=now()))
