"""The third step: materials, of which most are there already."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from suban.cases.queries.applicants import open_case_for
from suban.cases.services.confirmations import request_confirmation
from suban.cases.services.materials import (
    attach_material,
    promise_material,
    remove_material,
    use_held_material,
)
from suban.cases.types import Act, ApplicantCase, Upload
from suban.kernel.clock import now
from suban.kernel.errors import DomainError, NotFoundError
from suban.web.account.gates import applicant_required
from suban.web.account.requests import ActorRequest
from suban.web.portal.applying.progress import noticed_at
from suban.web.portal.applying.slots import slot_cards
from suban.web.portal.applying.steps import DELIVERY, part_url, steps
from suban.web.ui.refusals import refusal_status, wants_json


@applicant_required
@require_safe
def materials(request: ActorRequest, number: str) -> HttpResponse:
    """Show every material that is asked for: held, confirmed, promised, uploaded or still open."""
    case = open_case_for(actor=request.actor, number=number, at=now())
    if not {Act.SUBMIT, Act.SUBMIT_CORRECTION} & case.may:
        raise Http404
    return render(request, "portal/materials.html", _context(case))


def _context(case: ApplicantCase) -> dict[str, Any]:
    problems = {
        problem["key"]: problem["message"] for problem in case.problems if problem["where"] == "material"
    }
    limit = settings.SUBAN.max_upload_bytes
    cards = slot_cards(
        case.slots, number=case.number, limit=limit, problems=problems, noticed_at=noticed_at(case)
    )
    return {
        "case": case,
        "steps": steps(case.number, case.matter_code, 2),
        "cards": cards,
        "open_count": sum(card.status.text in {"待上传", "待单位确认", "需更换"} for card in cards),
        "limit": limit,
        "back": part_url(case.number, DELIVERY),
    }


@applicant_required
@require_POST
def upload(request: ActorRequest, number: str, slot: str) -> HttpResponse:
    """Take files into a slot; each is judged on its own."""
    files = request.FILES.getlist("file")
    if not files:
        return _answer(request, number, slot, "请先选择要上传的文件。")
    for file in files:
        try:
            attach_material(
                actor=request.actor,
                number=number,
                slot=slot,
                upload=Upload(name=file.name or "file", content=file.chunks(), expected_size=file.size),
                limit=settings.SUBAN.max_upload_bytes,
                at=now(),
            )
        except NotFoundError:
            raise
        except DomainError as refusal:
            return _answer(request, number, slot, refusal.message, refusal_status(refusal))
    return _answer(request, number, slot)


@applicant_required
@require_POST
def change_material(request: ActorRequest, number: str, slot: str, what: str) -> HttpResponse:
    """Do one of the other things with a slot: look it up, ask the company, promise, remove."""
    change = CHANGES.get(what)
    if change is None:
        raise Http404
    try:
        words = change(request, number, slot)
    except NotFoundError:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, words)
    return redirect(_slot_url(number, slot))


def _look_up(request: ActorRequest, number: str, slot: str) -> str:
    use_held_material(actor=request.actor, number=number, slot=slot, at=now())
    return "查到了，这份材料不用提交。"


def _ask_company(request: ActorRequest, number: str, slot: str) -> str:
    request_confirmation(actor=request.actor, number=number, slot=slot, at=now())
    return "已发给单位，单位确认后会通知您。"


def _promise(request: ActorRequest, number: str, slot: str) -> str:
    promise_material(actor=request.actor, number=number, slot=slot, at=now())
    return "已记下您的承诺。"


def _remove(request: ActorRequest, number: str, slot: str) -> str:
    key = request.POST.get("key", "")
    remove_material(actor=request.actor, number=number, slot=slot, key=key, at=now())
    return "已删除。"


CHANGES: Final = MappingProxyType[str, Callable[[ActorRequest, str, str], str]](
    {"look-up": _look_up, "ask-company": _ask_company, "promise": _promise, "remove": _remove},
)


def _answer(
    request: ActorRequest, number: str, slot: str, refusal: str = "", status: int = 400
) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"detail": refusal}, status=status) if refusal else JsonResponse({}, status=201)
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, "文件已上传，通过了检查。")
    return redirect(_slot_url(number, slot))


def _slot_url(number: str, slot: str) -> str:
    return f"{reverse('portal:materials', args=[number])}#m-{slot}"
