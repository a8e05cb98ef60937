"""The page of a case, and the acts that are done on it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from suban.cases.services.handling import accept_case, complete_step, grant_on_spot
from suban.cases.services.results import dispatch_result, hand_over_result
from suban.delivery.queries import list_parcels_of
from suban.identity.types import Role
from suban.kernel.clock import civil_day, now
from suban.kernel.references import make_ref
from suban.web.account.requests import ActorRequest
from suban.web.workbench.casepage import make_page
from suban.web.workbench.views.gates import Refusal, attempt, office_page, open_case

STEP_ROLES = (Role.CLERK, Role.EXAMINER, Role.REVIEWER, Role.DECIDER)
CAPACITIES = frozenset({"window", "authorised"})


@require_safe
@office_page()
def case(request: ActorRequest, number: str) -> HttpResponse:
    """Show the whole file of a case."""
    return show_case(request, number)


def show_case(
    request: ActorRequest, number: str, *, refusal: Refusal | None = None, opened: str = ""
) -> HttpResponse:
    """Show the case as it stands now; after a refusal with its words and with what was typed."""
    file = open_case(request, number)
    chosen = request.GET.get("material", "")
    context = {
        "page": make_page(file, actor=request.actor.ref, today=civil_day(now()), chosen=chosen),
        "case": file,
        "parcels": list_parcels_of(make_ref("case", number)) if file.parcel else (),
        "refusal": refusal,
        "opened": opened,
        "typed": request.POST if refusal else {},
    }
    status = refusal.status if refusal else 200
    return render(request, "workbench/case.html", context, status=status)


def _do(
    request: ActorRequest, number: str, act: Callable[[], object], *, done: str, opened: str
) -> HttpResponse:
    """Do an act of the page and lead back to it; shown again with the words of a refusal."""
    if request.method != "POST":
        return redirect("workbench:case", number=number)
    refusal = attempt(request, number, act)
    if refusal:
        return show_case(request, number, refusal=refusal, opened=opened)
    messages.success(request, done)
    return redirect("workbench:case", number=number)


@office_page(Role.CLERK)
def accept(request: ActorRequest, number: str) -> HttpResponse:
    """Accept the application, or complete a filing."""
    return _do(
        request,
        number,
        lambda: accept_case(actor=request.actor, number=number, at=now()),
        done="已办理。申请人会收到通知。",
        opened="accept",
    )


@office_page(Role.EXAMINER)
def on_spot(request: ActorRequest, number: str) -> HttpResponse:
    """Grant on the spot what needs no examination."""
    return _do(
        request,
        number,
        lambda: grant_on_spot(actor=request.actor, number=number, at=now()),
        done="已当场准予，正在制作电子证照。",
        opened="grant_on_spot",
    )


@office_page(*STEP_ROLES)
def step(request: ActorRequest, number: str, step: str) -> HttpResponse:
    """Give the opinion of a review step."""
    agrees, opinion = request.POST.get("agrees", ""), request.POST.get("opinion", "").strip()
    if request.method == "POST" and (agrees not in {"yes", "no"} or not opinion):
        words = "请选择同意或者不同意，并写明意见。"
        return show_case(request, number, refusal=Refusal(words, 422), opened="complete_step")
    return _do(
        request,
        number,
        lambda: complete_step(
            actor=request.actor,
            number=number,
            step=step,
            agrees=agrees == "yes",
            opinion=opinion,
            at=now(),
        ),
        done="意见已提交。",
        opened="complete_step",
    )


@office_page(Role.DISPATCHER)
def dispatch(request: ActorRequest, number: str) -> HttpResponse:
    """Hand the result to the carrier, or lay it ready at the window."""
    return _do(
        request,
        number,
        lambda: dispatch_result(actor=request.actor, number=number, at=now()),
        done="已登记。申请人会收到通知。",
        opened="dispatch",
    )


@office_page(Role.DISPATCHER)
def hand_over(request: ActorRequest, number: str) -> HttpResponse:
    """Record that the result was taken at the window."""
    capacity = request.POST.get("capacity", "")
    if request.method == "POST" and capacity not in CAPACITIES:
        refusal = Refusal("请选择由谁领取：本人，或者持授权的代领人。", 422)
        return show_case(request, number, refusal=refusal, opened="serve")
    return _do(
        request,
        number,
        lambda: hand_over_result(actor=request.actor, number=number, capacity=capacity, at=now()),
        done="已登记送达。",
        opened="serve",
    )
