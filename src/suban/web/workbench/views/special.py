"""Special procedures on their pages: begun with a written notice, ended with a result."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from suban.cases.queries.special import find_report_file, list_procedure_kinds
from suban.cases.services.special import end_procedure, start_procedure
from suban.cases.types import Act, Upload
from suban.identity.types import Role
from suban.kernel.clock import civil_day, now
from suban.web.account.requests import ActorRequest
from suban.web.workbench.casepage import clock_views
from suban.web.workbench.views.files import stream_file
from suban.web.workbench.views.gates import Refusal, attempt, not_now, office_page, open_case

METHODS: Final = ("GET", "HEAD", "POST")
LONGEST: Final = 4000


@require_http_methods(METHODS)
@office_page(Role.EXAMINER)
def start(request: ActorRequest, number: str) -> HttpResponseBase:
    """Begin a special procedure: its kind, the time it needs, why."""
    case = open_case(request, number)
    if answer := not_now(request, case, Act.START_PROCEDURE):
        return answer
    kind = request.POST.get("kind", "")
    days = request.POST.get("days", "").strip()[:4]
    reason = request.POST.get("reason", "").strip()[:LONGEST]
    kinds = list_procedure_kinds(actor=request.actor, number=number)
    refusal = _missing(kind, days, kinds) if request.method == "POST" else None
    if request.method == "POST" and not refusal:
        refusal = attempt(
            request,
            number,
            lambda: start_procedure(
                actor=request.actor, number=number, kind=kind, days=int(days), reason=reason, at=now()
            ),
        )
        if not refusal:
            messages.success(request, "特别程序已启动，告知书已发给申请人，办理期限暂停计算。")
            return redirect("workbench:case", number=number)
    context = {
        "case": case,
        "act": next(one for one in case.acts if one.act is Act.START_PROCEDURE),
        "clocks": clock_views(case, today=civil_day(now())),
        "kinds": kinds,
        "typed": {"kind": kind, "days": days, "reason": reason},
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "workbench/start_procedure.html", context, status=status)


def _missing(kind: str, days: str, kinds: tuple[tuple[str, str], ...]) -> Refusal | None:
    if kind not in dict(kinds):
        return Refusal("请选择是哪一种特别程序。", 422)
    if not (days.isascii() and days.isdigit()):
        return Refusal("请用数字写明预计需要几个工作日，例如 10。", 422)
    return None


@require_http_methods(METHODS)
@office_page(Role.EXAMINER)
def end(request: ActorRequest, number: str) -> HttpResponseBase:
    """Record the result of a special procedure, with its report."""
    case = open_case(request, number)
    if answer := not_now(request, case, Act.END_PROCEDURE):
        return answer
    running = [one for one in case.procedures if one.ended_on is None]
    key = request.POST.get("key", "") or running[0].key
    result = request.POST.get("result", "").strip()[:LONGEST]
    refusal = None
    if request.method == "POST":
        file = request.FILES.get("report")
        report = (
            Upload(name=file.name or "report", content=file.chunks(), expected_size=file.size)
            if file
            else None
        )
        refusal = attempt(
            request,
            number,
            lambda: end_procedure(
                actor=request.actor,
                number=number,
                key=key,
                result=result,
                report=report,
                limit=settings.SUBAN.max_upload_bytes,
                at=now(),
            ),
        )
        if not refusal:
            messages.success(request, "结果已登记，办理期限继续计算，申请人会收到通知。")
            return redirect("workbench:case", number=number)
    context = {
        "case": case,
        "act": next(one for one in case.acts if one.act is Act.END_PROCEDURE),
        "clocks": (),
        "running": running,
        "typed": {"key": key, "result": result},
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "workbench/end_procedure.html", context, status=status)


@require_safe
@office_page()
def report(request: ActorRequest, number: str, key: str) -> HttpResponseBase:
    """Give the report of a special procedure."""
    return stream_file(find_report_file(actor=request.actor, number=number, key=key, at=now()))
