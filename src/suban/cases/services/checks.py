"""Automatic checks: the same ones before submission, for the applicant, and later for the reviewer."""

from datetime import datetime
from typing import Any

from suban.cases.models import CaseCheck
from suban.cases.queries.opening import OpenedCase, open_own
from suban.cases.services.facts import Sources
from suban.cases.services.materials import ask_register, sources_of
from suban.cases.types import CheckResult, State
from suban.catalogue.rules import holds
from suban.catalogue.types import Check
from suban.exchange.errors import RegisterDownError
from suban.foundation.services.transactions import transaction
from suban.identity.types import Actor
from suban.kernel.clock import civil_day


def run_checks(*, actor: Actor, number: str, at: datetime) -> tuple[CheckResult, ...]:
    """Run every check that applies to the actor's own case, keep the results and return them."""
    return _run_all(open_own(actor, number), actor, at)


def ensure_checked(*, actor: Actor, number: str, at: datetime) -> None:
    """Run the checks of a case about to be handed in unless they ran since the answers last changed."""
    case = open_own(actor, number)
    open_for_changes = case.state.state in {State.DRAFT, State.CORRECTION}
    if open_for_changes and case.definition.checks and not case.row.checks.exists():
        _run_all(case, actor, at)


def _run_all(case: OpenedCase, actor: Actor, at: datetime) -> tuple[CheckResult, ...]:
    sources = sources_of(case, actor=actor, at=at)
    variables: dict[str, Any] = {**sources["answers"], "today": civil_day(at)}
    results = tuple(
        _run(case, check, sources=sources, variables=variables, actor=actor, at=at)
        for check in case.definition.checks
        if holds(check.when, variables)
    )
    with transaction():
        CaseCheck.objects.filter(case=case.row).delete()
        CaseCheck.objects.bulk_create(
            CaseCheck(
                case=case.row,
                key=result.key,
                name=result.name,
                outcome=result.outcome,
                source=result.source,
                detail=result.detail[:500],
                checked_at=result.checked_at,
            )
            for result in results
        )
    return results


def _run(
    case: OpenedCase,
    check: Check,
    *,
    sources: Sources,
    variables: dict[str, Any],
    actor: Actor,
    at: datetime,
) -> CheckResult:
    if check.lookup is None:
        passed = holds(check.expression, variables)
        return _result(check, "pass" if passed else "fail", "填写的内容", at)
    try:
        record = ask_register(case, check.lookup, sources=sources, actor=actor, at=at)
    except RegisterDownError as down:
        return _result(check, "unknown", check.lookup.title, at, detail=down.message)
    if record is None:
        return _result(check, "fail", check.lookup.title, at)
    passed = holds(check.expression, {**variables, "record": dict(record.data)})
    return _result(check, "pass" if passed else "fail", record.source, record.fetched_at)


def _result(check: Check, outcome: str, source: str, at: datetime, detail: str = "") -> CheckResult:
    words = detail or (check.failure if outcome == "fail" else "")
    return CheckResult(
        key=check.key,
        name=check.name,
        outcome=outcome,
        source=source[:200],
        checked_at=at,
        detail=words,
    )
