"""Files of a case: streamed through the gate of the case, under headers that keep them harmless."""

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from suban.cases.queries.files import find_letter_file, find_material_file
from suban.delivery.services import render_parcel_label
from suban.foundation.queries.files import content_headers, get_file, read_file
from suban.foundation.types import PDF, StoredFile
from suban.identity.types import Role
from suban.kernel.clock import now
from suban.kernel.errors import NotFoundError
from suban.kernel.references import make_ref
from suban.licences.queries import get_licence_of_case
from suban.web.account.requests import ActorRequest
from suban.web.workbench.views.gates import office_page, open_case


@require_safe
@xframe_options_sameorigin
@office_page()
def material(request: ActorRequest, number: str, key: str) -> HttpResponseBase:
    """Give a material to look at; only PDF and images are shown in the page's place."""
    return stream_file(find_material_file(actor=request.actor, number=number, key=key, at=now()))


@require_safe
@xframe_options_sameorigin
@office_page()
def letter(request: ActorRequest, number: str, key: str) -> HttpResponseBase:
    """Give a letter of the case."""
    return stream_file(find_letter_file(actor=request.actor, number=number, key=key, at=now()))


@require_safe
@office_page()
def result(request: ActorRequest, number: str) -> HttpResponseBase:
    """Give the signed result, to print."""
    case = open_case(request, number)
    licence = get_licence_of_case(request.actor, make_ref("case", case.number), at=now())
    if licence is None:
        raise NotFoundError("证照还没有制好。")
    return stream_file(licence.file_id)


@require_safe
@office_page(Role.DISPATCHER)
def label(request: ActorRequest, number: str) -> HttpResponseBase:
    """Give the label of the parcel, to print."""
    case = open_case(request, number)
    if not (case.parcel and case.sees_result):
        raise NotFoundError("这个办件没有正在寄送的邮件。")
    at = now()
    content = render_parcel_label(parcel=case.parcel, by=request.actor.ref, at=at)
    shown = StoredFile(
        id="", digest="", size=len(content), media_type=PDF, name="面单.pdf", scan="clean", stored_at=at
    )
    return HttpResponse(content, headers=dict(content_headers(shown, inline=True)))


def stream_file(file_id: str) -> HttpResponseBase:
    """Give a file; the gate was passed before."""
    stored = get_file(file_id)
    headers = dict(content_headers(stored, inline=True)) | {"Content-Length": str(stored.size)}
    return StreamingHttpResponse(read_file(file_id), headers=headers)
