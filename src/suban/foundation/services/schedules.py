"""Recurring jobs: each occurrence is run by one worker, once; after downtime once, late.

The row of a job is leased while it runs. A job that fails is tried again with growing pauses, then waits for
its next occurrence with the error kept; a worker killed midway loses the lease and the job runs again.
"""

from datetime import datetime
from typing import Final

import structlog

from suban.foundation.models.outbox import Schedule
from suban.foundation.rules.delays import LEASE, backoff, is_given_up, jittered, moving, next_occurrence
from suban.foundation.services.subscriptions import find_job, list_jobs
from suban.foundation.services.transactions import transaction
from suban.kernel.references import new_id

log = structlog.get_logger()
_ERROR_LENGTH: Final = 500


def register_schedules(*, at: datetime) -> None:
    """Write a row for every scheduled job; a changed time holds from now, an unknown job's row goes."""
    jobs = {job.name: job for job in list_jobs()}
    with transaction():
        Schedule.objects.exclude(name__in=jobs).delete()
        for row in Schedule.objects.select_for_update().filter(name__in=jobs).order_by("name"):
            cron = jobs.pop(row.name).cron
            if cron != row.cron:
                row.cron, row.next_at = cron, next_occurrence(cron, at)
                row.save(update_fields=["cron", "next_at"])
        Schedule.objects.bulk_create(
            [
                Schedule(name=job.name, cron=job.cron, next_at=next_occurrence(job.cron, at))
                for job in jobs.values()
            ],
            ignore_conflicts=True,
        )


def run_due_jobs(*, at: datetime) -> int:
    """Run every recurring job that is due at `at`; return how many were tried."""
    if not Schedule.objects.filter(next_at__lte=at).exists():
        return 0
    tried, moment = 0, moving(at)
    while (row := _claim(moment())) is not None:
        tried += 1
        _settle(row, _run(row, moment()), moment())
    return tried


def _claim(at: datetime) -> Schedule | None:
    with transaction():
        due = Schedule.objects.select_for_update(skip_locked=True).filter(next_at__lte=at)
        row = due.exclude(lease_until__gt=at).order_by("next_at", "name").first()
        if row is None:
            return None
        row.attempts += 1
        row.lease_until = at + LEASE
        row.lease_token = new_id()
        row.save(update_fields=["attempts", "lease_until", "lease_token"])
        return row


def _run(row: Schedule, at: datetime) -> str:
    scheduled = find_job(row.name)
    if scheduled is None:
        return "LookupError: no job has this name here"
    try:
        scheduled.job(at)
    except Exception as error:  # noqa: BLE001 - the edge: noted on the row and tried again
        log.warning("schedule.job_failed", job=row.name, attempt=row.attempts, error=type(error).__name__)
        return f"{type(error).__name__}: {error}"[:_ERROR_LENGTH]
    return ""


def _settle(row: Schedule, error: str, at: datetime) -> None:
    changes: dict[str, object] = {"lease_token": "", "lease_until": None, "last_error": error}
    if error and not is_given_up(row.attempts):
        # The lease's end doubles as the time of the next attempt.
        changes |= {"lease_until": at + jittered(backoff(row.attempts))}
    else:
        changes |= {"attempts": 0, "last_run_at": at, "next_at": next_occurrence(row.cron, at)}
    if not Schedule.objects.filter(pk=row.pk, lease_token=row.lease_token).update(**changes):
        log.warning("schedule.lease_lost", job=row.name)
