"""The turns beside the usual way: each on its own page, its letter shown before it is sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from suban.cases.queries.turns import get_turn_choices, preview_turn, suggest_organs
from suban.cases.types import Act, StaffCase
from suban.identity.types import Role
from suban.kernel.clock import civil_day, now
from suban.web.account.requests import ActorRequest
from suban.web.ui.form_kit import FieldSpec, field_view, read_answers
from suban.web.workbench.casepage import clock_views, seat_views
from suban.web.workbench.turns import LONGEST, TURNS, Asked, TurnPage, Typed, missing_answers
from suban.web.workbench.views.gates import Refusal, attempt, not_now, office_page, open_case

METHODS = ("GET", "HEAD", "POST")


@require_http_methods(METHODS)
@office_page(Role.CLERK)
def not_needed(request: ActorRequest, number: str) -> HttpResponseBase:
    """Tell that no licence is needed."""
    return _turn(request, number, TURNS[Act.DECLARE_NOT_NEEDED])


@require_http_methods(METHODS)
@office_page(Role.CLERK)
def not_competent(request: ActorRequest, number: str) -> HttpResponseBase:
    """Name the organ that is competent."""
    return _turn(request, number, TURNS[Act.DECLARE_NOT_COMPETENT])


@require_http_methods(METHODS)
@office_page(Role.CLERK)
def mending(request: ActorRequest, number: str) -> HttpResponseBase:
    """Let the applicant mend slips on the spot."""
    return _turn(request, number, TURNS[Act.OFFER_MENDING])


@require_http_methods(METHODS)
@office_page(Role.CLERK, Role.EXAMINER, Role.REVIEWER, Role.DECIDER)
def return_step(request: ActorRequest, number: str) -> HttpResponseBase:
    """Send the case back to an earlier step."""
    return _turn(request, number, TURNS[Act.RETURN_TO_STEP])


@require_http_methods(METHODS)
@office_page(Role.DECIDER)
def false_material(request: ActorRequest, number: str) -> HttpResponseBase:
    """Turn away or refuse for false material."""
    return _turn(request, number, TURNS[Act.REFUSE_FALSE_MATERIAL])


@require_http_methods(METHODS)
@office_page(Role.DECIDER)
def terminate(request: ActorRequest, number: str) -> HttpResponseBase:
    """End the procedure without a decision."""
    return _turn(request, number, TURNS[Act.TERMINATE])


def _turn(request: ActorRequest, number: str, page: TurnPage) -> HttpResponseBase:
    case = open_case(request, number)
    if answer := not_now(request, case, page.act):
        return answer
    asked, typed, specs = _asked(request, case, page)
    stage = request.POST.get("stage", "")
    judged = request.method == "POST" and stage in {"preview", "send"}
    missing = missing_answers(page, specs, typed) if judged else {}
    refusal = Refusal("还有内容没有写，请补上。", 422) if missing else None
    if judged and not missing and (stage == "send" or not page.sends_letter):
        refusal = attempt(request, number, lambda: page.do(request.actor, number, typed))
        if refusal is None:
            messages.success(request, page.done)
            return redirect("workbench:case", number=number)
    shows_letter = judged and not missing and page.sends_letter
    letter = (
        preview_turn(actor=request.actor, number=number, act=page.act, typed=typed, at=now())
        if shows_letter
        else None
    )
    context = {
        "case": case,
        "act": next(possible for possible in case.acts if possible.act is page.act),
        "clocks": clock_views(case, today=civil_day(now())),
        "seats": seat_views(case, actor=request.actor.ref),
        "turn": page,
        "ban_months": asked.choices.ban_months,
        "views": [field_view(spec, typed, missing) for spec in specs],
        "kept": _kept(specs, typed),
        "letter": letter,
        "refusal": refusal,
        "find": request.POST.get("find", ""),
    }
    return render(request, "workbench/turn.html", context, status=refusal.status if refusal else 200)


def _asked(request: ActorRequest, case: StaffCase, page: TurnPage) -> tuple[Asked, Typed, list[FieldSpec]]:
    choices = get_turn_choices(actor=request.actor, number=case.number, at=now())
    organs = (
        suggest_organs(actor=request.actor, number=case.number, text=request.POST.get("find", "")[:60])
        if page.act is Act.DECLARE_NOT_COMPETENT
        else ()
    )
    asked = Asked(case=case, choices=choices, organs=organs)
    specs = page.ask(asked)
    typed: dict[str, Any] = {
        name: value[:LONGEST] if isinstance(value, str) else value
        for name, value in read_answers(specs, request.POST).items()
    }
    return asked, typed | {"own_step": choices.own_step}, specs


def _kept(specs: list[FieldSpec], typed: Typed) -> list[tuple[str, str]]:
    """Return what was typed as hidden fields, so that the letter's page sends the same words."""
    kept: list[tuple[str, str]] = []
    for spec in specs:
        answer = typed.get(spec.name, "")
        kept += (
            [(spec.name, one) for one in answer] if isinstance(answer, list) else [(spec.name, str(answer))]
        )
    return kept
