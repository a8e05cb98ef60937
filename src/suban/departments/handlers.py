"""What follows from a case's facts for the system that handles it. Each may run twice."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from suban.cases.events import CaseFact, CaseSubmitted, CaseWithdrawn, CorrectionSubmitted
from suban.departments.events import PushPlanned
from suban.departments.services import forget_nonces, plan_push, send_push, watch_silence
from suban.departments.types import PushKind
from suban.foundation.services.subscriptions import schedule, subscribe


def subscribe_departments() -> None:
    """Join the handlers to what they handle; called once in the wiring."""
    subscribe(CaseSubmitted, "departments.plan_submitted", _planner(PushKind.CASE_SUBMITTED))
    subscribe(CorrectionSubmitted, "departments.plan_correction", _planner(PushKind.CORRECTION_SUBMITTED))
    subscribe(CaseWithdrawn, "departments.plan_withdrawn", _planner(PushKind.CASE_WITHDRAWN))
    subscribe(PushPlanned, "departments.send_push", lambda planned, at: send_push(ref=planned.push, at=at))
    schedule("departments.watch_silence", "7 * * * *", partial(_run, watch_silence))
    schedule("departments.forget_nonces", "*/30 * * * *", partial(_run, forget_nonces))


def _planner(kind: PushKind) -> Callable[[CaseFact, datetime], None]:
    def plan(fact: CaseFact, at: datetime) -> None:
        plan_push(number=fact.case, kind=kind, at=at)

    return plan


def _run(job: Callable[..., int], at: datetime) -> None:
    job(at=at)
