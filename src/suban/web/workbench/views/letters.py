"""Acts that send a letter: it is shown as it will be sent, then sent."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from suban.cases.queries.previews import preview_correction, preview_decision
from suban.cases.services.handling import grant_case, refuse_case, request_correction
from suban.cases.types import Act, StaffCase
from suban.identity.types import Role
from suban.kernel.clock import civil_day, now
from suban.web.account.requests import ActorRequest
from suban.web.workbench.casepage import clock_views, seat_views
from suban.web.workbench.correction import correction_rows, read_items
from suban.web.workbench.views.gates import Refusal, attempt, not_now, office_page, open_case

METHODS: Final = ("GET", "HEAD", "POST")
SEND: Final = "send"
LONGEST: Final = 4000


def _send(request: ActorRequest, number: str, act: Callable[[], object], done: str) -> HttpResponse | Refusal:
    refusal = attempt(request, number, act)
    if refusal:
        return refusal
    messages.success(request, done)
    return redirect("workbench:case", number=number)


def _context(request: ActorRequest, case: StaffCase, act: Act, **more: Any) -> dict[str, Any]:
    possible = next(one for one in case.acts if one.act is act)
    clocks = clock_views(case, today=civil_day(now()))
    seats = seat_views(case, actor=request.actor.ref)
    return {"case": case, "act": possible, "clocks": clocks, "seats": seats, **more}


@require_http_methods(METHODS)
@office_page(Role.CLERK)
def correction(request: ActorRequest, number: str) -> HttpResponseBase:
    """Build the correction notice, show it, send it."""
    case = open_case(request, number)
    if answer := not_now(request, case, Act.REQUEST_CORRECTION):
        return answer
    rows = correction_rows(case, request.POST)
    items = read_items(rows)
    refusal = None
    if request.method == "POST":
        refusal = _incomplete_notice(rows)
        if not refusal and request.POST.get("stage") == SEND:
            answered = _send(
                request,
                number,
                lambda: request_correction(actor=request.actor, number=number, items=items, at=now()),
                "补正告知书已发出，办理期限停止计算。",
            )
            if not isinstance(answered, Refusal):
                return answered
            refusal = answered
    shows_letter = request.method == "POST" and not refusal and request.POST.get("stage") != "write"
    letter = (
        preview_correction(actor=request.actor, number=number, items=items, at=now())
        if shows_letter
        else None
    )
    context = _context(
        request, case, Act.REQUEST_CORRECTION, rows=rows, items=items, letter=letter, refusal=refusal
    )
    return render(request, "workbench/correction.html", context, status=refusal.status if refusal else 200)


def _incomplete_notice(rows: Any) -> Refusal | None:
    ticked = [row for row in rows if row.ticked]
    if not ticked:
        return Refusal("请至少勾选一处需要补正的内容。", 422)
    if any(row.error for row in ticked):
        return Refusal("还有勾选的内容没有写明缺陷或者依据。", 422)
    return None


@require_http_methods(METHODS)
@office_page(Role.DECIDER)
def grant(request: ActorRequest, number: str) -> HttpResponseBase:
    """Show the letter of a grant and send it."""
    overdue = request.POST.get("overdue_reason", "").strip()[:LONGEST]
    return _decide(
        request,
        number,
        act=Act.GRANT,
        typed={"overdue_reason": overdue},
        send=lambda: grant_case(actor=request.actor, number=number, overdue_reason=overdue, at=now()),
    )


@require_http_methods(METHODS)
@office_page(Role.DECIDER)
def refuse(request: ActorRequest, number: str) -> HttpResponseBase:
    """Write the reasons of a refusal, show its letter, send it."""
    overdue = request.POST.get("overdue_reason", "").strip()[:LONGEST]
    reasons = request.POST.get("reasons", "").strip()[:LONGEST]
    return _decide(
        request,
        number,
        act=Act.REFUSE,
        typed={"overdue_reason": overdue, "reasons": reasons},
        send=lambda: refuse_case(
            actor=request.actor, number=number, reasons=reasons, overdue_reason=overdue, at=now()
        ),
    )


def _decide(
    request: ActorRequest,
    number: str,
    *,
    act: Act,
    typed: dict[str, str],
    send: Callable[[], object],
) -> HttpResponseBase:
    case = open_case(request, number)
    if answer := not_now(request, case, act):
        return answer
    missing = _missing_words(case, typed)
    refusal = Refusal(next(iter(missing.values())), 422) if missing and request.method == "POST" else None
    if request.method == "POST" and not refusal and request.POST.get("stage") == SEND:
        answered = _send(request, number, send, "决定已作出，决定书已发给申请人。")
        if not isinstance(answered, Refusal):
            return answered
        refusal = answered
    if request.POST.get("stage") == "write":
        refusal, missing = None, {"stage": ""}
    letter = (
        None
        if missing
        else preview_decision(actor=request.actor, number=number, grants=act is Act.GRANT, at=now(), **typed)
    )
    errors = missing if refusal else {}
    context = _context(request, case, act, letter=letter, refusal=refusal, typed=typed, errors=errors)
    template = f"workbench/{act.value}.html"
    return render(request, template, context, status=refusal.status if refusal else 200)


def _missing_words(case: StaffCase, typed: dict[str, str]) -> dict[str, str]:
    """Return what still must be written before there can be a letter."""
    missing = {}
    if "reasons" in typed and not typed["reasons"]:
        missing["reasons"] = "不予许可应当说明理由，请写明不符合哪一项条件、依据是什么。"
    if case.is_overdue and not typed["overdue_reason"]:
        missing["overdue_reason"] = "已超过法定期限，请说明逾期理由，理由会写进决定书。"
    return missing
