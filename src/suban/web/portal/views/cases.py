"""My cases: list, progress, correction, withdrawal, papers."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suban.cases.queries.applicants import list_my_cases, open_case_for
from suban.cases.queries.files import find_letter_file, find_material_file
from suban.cases.queries.special import find_report_file
from suban.cases.services.drafts import discard_draft
from suban.cases.services.submission import withdraw_case
from suban.cases.services.window import continue_online
from suban.cases.types import Act, ApplicantCase, CaseLine, Channel
from suban.delivery.queries import list_parcels_of
from suban.kernel.clock import civil_day, now
from suban.web.account.gates import applicant_required
from suban.web.account.requests import ActorRequest
from suban.web.portal.applying.endings import ending_card
from suban.web.portal.applying.parcels import awaits_resending, parcel_cards
from suban.web.portal.applying.progress import deadline_views, history, noticed_at, short_due, status_view
from suban.web.portal.applying.slots import slot_cards
from suban.web.portal.lists import page_links, read_cursor
from suban.web.portal.views.files import serve_file
from suban.web.ui.matter_form import answer_rows
from suban.web.ui.presentation import Link


@applicant_required
@require_safe
def case_list(request: ActorRequest) -> HttpResponse:
    """Show the party's own cases, the newest first."""
    which = request.GET.get("show", "")
    drafts = {"drafts": True, "sent": False}.get(which)
    page = list_my_cases(actor=request.actor, cursor=read_cursor(request.GET), drafts=drafts)
    tabs = (("", "全部"), ("sent", "已提交"), ("drafts", "草稿"))
    context = {
        "cases": case_cards(page.lines),
        "tabs": [Link(text, f"?show={key}" if key else "?", key == which) for key, text in tabs],
        "pages": page_links(request.GET.dict(), page.next_cursor),
    }
    return render(request, "portal/cases.html", context)


def case_cards(lines: tuple[CaseLine, ...]) -> list[dict[str, Any]]:
    """Return the lines of a list of cases in words."""
    today = civil_day(now())
    return [
        {
            "line": line,
            "status": status_view(line.state, line.state_label),
            "paused": line.days_left,
            "due": short_due(line.due_on, line.due_kind, today=today),
        }
        for line in lines
    ]


@applicant_required
@require_safe
def case(request: ActorRequest, number: str) -> HttpResponse:
    """Show where a case stands: present step on top, deadline as a sentence, papers, parcel, remedies."""
    opened = open_case_for(actor=request.actor, number=number, at=now())
    return render(request, "portal/case.html", _context(opened))


def _context(opened: ApplicantCase) -> dict[str, Any]:
    today = civil_day(now())
    definition = opened.definition
    parcels = list_parcels_of(f"case:{opened.number}")
    return {
        "case": opened,
        "licence_id": opened.result.removeprefix("licence:"),
        "status": status_view(opened.state, opened.state_label),
        "deadlines": deadline_views(opened.deadlines, today=today),
        "history": history(opened, today=today),
        "sections": [
            {"title": section.title, "rows": answer_rows(definition, section, opened.answers, on=today)}
            for section in definition.form
        ],
        "cards": slot_cards(
            opened.slots,
            number=opened.number,
            limit=settings.SUBAN.max_upload_bytes,
            problems={},
            noticed_at=noticed_at(opened),
        ),
        "parcels": parcel_cards(parcels),
        "awaits_resending": awaits_resending(parcels),
        "may_edit": bool({Act.SUBMIT, Act.SUBMIT_CORRECTION} & opened.may),
        "mend_url": _mend_url(opened),
        "may_withdraw": Act.WITHDRAW in opened.may,
        "may_go_online": Act.CHANGE_CHANNEL in opened.may and opened.channel is Channel.COUNTER,
        "may_discard": Act.DISCARD in opened.may,
        "remedies": definition.remedies,
        "ending": ending_card(opened),
    }


def _mend_url(opened: ApplicantCase) -> str:
    only_materials = opened.defects and all(
        opened.definition.find_material(defect.slot) for defect in opened.defects
    )
    return reverse("portal:materials" if only_materials else "portal:form", args=[opened.number])


@applicant_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActorRequest, number: str) -> HttpResponse:
    """Ask once more, then withdraw."""
    opened = open_case_for(actor=request.actor, number=number, at=now())
    if request.method != "POST":
        return render(request, "portal/withdraw.html", {"case": opened})
    withdraw_case(actor=request.actor, number=number, at=now())
    messages.success(request, "已撤回。需要时可以重新申请，填过的内容不会丢。")
    return redirect("portal:case", number)


@applicant_required
@require_POST
def go_online(request: ActorRequest, number: str) -> HttpResponse:
    """Go on at home with what was begun at a window."""
    continue_online(actor=request.actor, number=number, at=now())
    messages.success(request, "已转到网上，可以接着办了。窗口录入的内容都在。")
    return redirect("portal:case", number)


@applicant_required
@require_POST
def discard(request: ActorRequest, number: str) -> HttpResponse:
    """Give a draft up; what was written in it is erased."""
    discard_draft(actor=request.actor, number=number, at=now())
    messages.success(request, "草稿已删除，填写的内容也一并清除了。")
    return redirect("portal:cases")


@applicant_required
@require_safe
def material_file(request: ActorRequest, number: str, key: str) -> StreamingHttpResponse:
    """Serve a material of the actor's own case."""
    file_id = find_material_file(actor=request.actor, number=number, key=key, at=now())
    return serve_file(file_id, inline=True)


@applicant_required
@require_safe
def letter_file(request: ActorRequest, number: str, key: str) -> StreamingHttpResponse:
    """Serve a letter of the actor's own case."""
    file_id = find_letter_file(actor=request.actor, number=number, key=key, at=now())
    return serve_file(file_id, inline=True)


@applicant_required
@require_safe
def report_file(request: ActorRequest, number: str, key: str) -> StreamingHttpResponse:
    """Serve the report of a special procedure in the actor's own case."""
    file_id = find_report_file(actor=request.actor, number=number, key=key, at=now())
    return serve_file(file_id, inline=True)
