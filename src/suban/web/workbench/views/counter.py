"""The window (窗口收件): meet whoever comes, take the application in, print, have it signed, hand it in."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suban.cases.errors import IncompleteApplicationError, StaleDraftError
from suban.cases.queries.window import (
    find_at_window,
    get_present_name,
    get_window_receipt,
    list_at_window,
    open_at_window,
)
from suban.cases.services.drafts import choose_delivery, save_answers
from suban.cases.services.materials import (
    attach_material,
    collect_held_materials,
    remove_material,
    use_held_material,
)
from suban.cases.services.results import set_delivery_address
from suban.cases.services.window import (
    confirm_at_window,
    print_form,
    start_at_window,
    submit_at_window,
    take_over_at_window,
)
from suban.cases.types import ApplicantCase, State, Upload
from suban.cases.types.window import Visitor
from suban.catalogue.types import DeliveryChannel
from suban.delivery.types import ParcelAddress
from suban.foundation.queries.files import content_headers
from suban.foundation.types import PDF, StoredFile
from suban.identity.services import meet_company, meet_person
from suban.identity.types import Role
from suban.kernel.clock import civil_day, now
from suban.kernel.errors import DomainError, NotFoundError
from suban.kernel.references import new_id
from suban.web.account.requests import ActorRequest
from suban.web.ui.form_kit import read_answers
from suban.web.ui.matter_form import specs_of
from suban.web.workbench import counter as pages
from suban.web.workbench.views.gates import CONFLICT, UNPROCESSABLE, office_page

METHODS = ("GET", "HEAD", "POST")


@require_http_methods(METHODS)
@office_page(Role.CLERK)
def counter(request: ActorRequest) -> HttpResponseBase:
    """Meet somebody new, or go on with what was begun elsewhere."""
    if request.method != "POST":
        return _show_counter(request, {}, "")
    act = _find if request.POST.get("what") == "find" else _begin
    typed = read_answers((*pages.MEETING, *pages.COMPANY, *pages.FINDING), request.POST)
    try:
        number = act(request, typed)
    except DomainError as refusal:
        return _show_counter(request, typed, refusal.message, str(refusal.fields.get("field", "")))
    return redirect("workbench:counter_case", number)


def _find(request: ActorRequest, typed: dict[str, object]) -> str:
    number = str(typed["number"]).strip().upper()
    try:
        take_over_at_window(
            clerk=request.actor, number=number, citizen_id=str(typed["found_citizen_id"]), at=now()
        )
    except NotFoundError as refusal:
        refusal.message = (
            "没有找到：请核对申报号；办件要还没有提交或者正在补正，到场的人要是申请人或企业经办人。"
        )
        raise
    return number


def _begin(request: ActorRequest, typed: dict[str, object]) -> str:
    at = now()
    said = {name: str(value) for name, value in typed.items()}
    person = meet_person(
        name=said["name"],
        citizen_id=said["citizen_id"],
        phone=said["phone"],
        address=said["address"],
        at=at,
    )
    visitor = Visitor(present=person, party=person, capacity="self")
    if said["uscc"]:
        company = meet_company(
            person=person,
            uscc=said["uscc"],
            details={"name": said["company_name"], "legal_representative": said["legal_representative"]},
            mandate_until=_day(said["mandate_until"]),
            by=request.actor,
            at=at,
        )
        visitor = Visitor(present=person, party=company, capacity="member")
    return start_at_window(
        clerk=request.actor,
        matter_code=request.POST.get("matter", ""),
        visitor=visitor,
        at=at,
        idempotency_key=request.POST.get("key", "")[:64],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _show_counter(
    request: ActorRequest, typed: dict[str, object], refusal: str, field: str = ""
) -> HttpResponse:
    errors = {field: [refusal]} if field else {}
    context = {
        "refusal": refusal,
        "finding_refused": refusal and request.POST.get("what") == "find",
        "meeting": pages.meeting_fields(pages.MEETING, typed, errors),
        "company": pages.meeting_fields(pages.COMPANY, typed, errors),
        "company_open": bool(typed.get("uscc")) or field in {spec.name for spec in pages.COMPANY},
        "finding": pages.meeting_fields(pages.FINDING, typed, errors),
        "matters": pages.matter_choices(request.actor),
        "matter": request.POST.get("matter", ""),
        "key": request.POST.get("key") or new_id(),
        "lines": list_at_window(clerk=request.actor),
    }
    return render(request, "workbench/counter.html", context, status=UNPROCESSABLE if refusal else 200)


@require_http_methods(METHODS)
@office_page(Role.CLERK)
def counter_case(request: ActorRequest, number: str) -> HttpResponseBase:
    """Show the whole application on one page; saving keeps what was typed, right or wrong."""
    if request.method != "POST":
        return show_counter_case(request, number, judged="check" in request.GET)
    case = open_at_window(clerk=request.actor, number=number, at=now())
    try:
        _save(request, case)
    except DomainError as refusal:
        status = CONFLICT if isinstance(refusal, StaleDraftError) else UNPROCESSABLE
        return show_counter_case(request, number, refusal=refusal.message, judged=True, status=status)
    messages.success(request, "已保存，并查过共享数据。")
    return redirect(f"{request.path}?check=1#materials")


def _save(request: ActorRequest, case: ApplicantCase) -> None:
    at, number = now(), case.number
    actor = find_at_window(clerk=request.actor, number=number)
    specs = [spec for section in case.definition.form for spec in specs_of(section, case.answers)]
    seen = request.POST.get("revision", "")
    save_answers(
        actor=actor,
        number=number,
        answers=read_answers(specs, request.POST),
        at=at,
        revision=int(seen) if seen.isdecimal() else None,
    )
    said = read_answers(pages.delivery_specs(case.definition), request.POST)
    if said.get("recipient_address"):
        address = ParcelAddress(
            name=str(said["recipient"]),
            phone=str(said["recipient_phone"]),
            address=str(said["recipient_address"]),
        )
        set_delivery_address(actor=actor, number=number, address=address, at=at)
    if said["delivery"] in case.definition.delivery:
        choose_delivery(actor=actor, number=number, way=DeliveryChannel(str(said["delivery"])), at=at)
    collect_held_materials(actor=actor, number=number, at=at)


def show_counter_case(
    request: ActorRequest, number: str, *, refusal: str = "", judged: bool = False, status: int = 200
) -> HttpResponse:
    """Show the application as it stands; after a refusal with its words."""
    case = open_at_window(clerk=request.actor, number=number, at=now())
    today = civil_day(now())
    faults = [problem for problem in case.problems if judged and problem["where"] == "field"]
    context: dict[str, Any] = {
        "case": case,
        "refusal": refusal,
        "sections": pages.form_sections(case, faults, on=today),
        "delivery": pages.delivery_views(case),
        "slots": pages.window_slots(case.slots),
        "problems": case.problems if judged else (),
        "present": get_present_name(clerk=request.actor, number=number),
        "correcting": case.state is State.CORRECTION,
    }
    return render(request, "workbench/counter_case.html", context, status=status)


@require_POST
@office_page(Role.CLERK)
def counter_material(request: ActorRequest, number: str, slot: str) -> HttpResponseBase:
    """Take a scan into a slot, look it up where it is held, or remove it."""
    at, actor = now(), find_at_window(clerk=request.actor, number=number)
    what = request.POST.get("what", "")
    try:
        if what == "remove":
            remove_material(actor=actor, number=number, slot=slot, key=request.POST.get("key", ""), at=at)
        elif what == "look-up":
            use_held_material(actor=actor, number=number, slot=slot, at=at)
        else:
            _attach(request, number, slot)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "已更新材料。")
    return redirect(f"{_url(number)}#m-{slot}")


def _attach(request: ActorRequest, number: str, slot: str) -> None:
    actor = find_at_window(clerk=request.actor, number=number)
    seen = request.POST.get("original") == "seen"
    for file in request.FILES.getlist("file"):
        upload = _upload(file, source="窗口收取，已核对原件" if seen else "窗口收取的复印件", seen=seen)
        limit = settings.SUBAN.max_upload_bytes
        attach_material(actor=actor, number=number, slot=slot, upload=upload, limit=limit, at=now())


def _upload(file: "UploadedFile[Any]", *, source: str = "窗口收取", seen: bool = False) -> Upload:
    return Upload(
        name=file.name or "scan",
        content=file.chunks(),
        expected_size=file.size,
        source=source,
        original_seen=seen,
    )


@require_safe
@office_page(Role.CLERK)
def counter_form(request: ActorRequest, number: str) -> HttpResponseBase:
    """Give the filled-in form, to print and sign."""
    at = now()
    content = print_form(clerk=request.actor, number=number, at=at)
    shown = StoredFile(
        id="", digest="", size=len(content), media_type=PDF, name="申请表.pdf", scan="clean", stored_at=at
    )
    return HttpResponse(content, headers=dict(content_headers(shown, inline=True)))


@require_POST
@office_page(Role.CLERK)
def counter_confirm(request: ActorRequest, number: str) -> HttpResponseBase:
    """Record how the applicant signed, then hand it in; in a correction only what was asked."""
    file = request.FILES.get("scan")
    how = request.POST.get("how", "")
    try:
        if how or request.POST.get("signature") == "needed":
            confirm_at_window(
                clerk=request.actor,
                number=number,
                how=how,
                scan=_upload(file) if file else None,
                limit=settings.SUBAN.max_upload_bytes,
                at=now(),
            )
        submit_at_window(clerk=request.actor, number=number, at=now())
    except IncompleteApplicationError as refusal:
        return show_counter_case(request, number, refusal=refusal.message, judged=True, status=UNPROCESSABLE)
    except NotFoundError:
        raise
    except DomainError as refusal:
        return show_counter_case(request, number, refusal=refusal.message, status=UNPROCESSABLE)
    return redirect("workbench:counter_receipt", number)


@require_safe
@office_page(Role.CLERK)
def counter_receipt(request: ActorRequest, number: str) -> HttpResponseBase:
    """Show the receipt, to print and hand over."""
    receipt = get_window_receipt(clerk=request.actor, number=number)
    return render(request, "workbench/counter_receipt.html", {"receipt": receipt})


def _url(number: str) -> str:
    return reverse("workbench:counter_case", args=[number])
