"""Recurring jobs: each occurrence once, downtime made up for once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from suban.foundation.models import Schedule
from suban.foundation.queries.outbox import list_schedules
from suban.foundation.rules.delays import LEASE, MAX_ATTEMPTS
from suban.foundation.services import subscriptions
from suban.foundation.services.schedules import register_schedules, run_due_jobs

MIDNIGHT = datetime(2026, 11, 22, 16, 0, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class Job:
    """Notes when it ran and fails as often as told."""

    def __init__(self) -> None:
        self.ran: list[datetime] = []
        self.failures_left = 0

    def __call__(self, at: datetime) -> None:
        if self.failures_left:
            self.failures_left -= 1
            raise ValueError
        self.ran.append(at)


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> Iterator[Job]:
    monkeypatch.setattr(subscriptions, "_jobs", {})
    job = Job()
    subscriptions.schedule("tests.hourly", "0 * * * *", job)
    register_schedules(at=MIDNIGHT)
    return job


def test_a_job_waits_for_its_time_and_runs_once(job: Job) -> None:
    due = MIDNIGHT + timedelta(hours=1)

    assert run_due_jobs(at=MIDNIGHT) == 0
    assert run_due_jobs(at=due) == 1
    assert run_due_jobs(at=due) == 0
    assert len(job.ran) == 1
    assert due <= job.ran[0] < due + timedelta(seconds=5)


def test_a_long_downtime_is_made_up_for_once(job: Job) -> None:
    back = MIDNIGHT + timedelta(days=3)

    assert (run_due_jobs(at=back), run_due_jobs(at=back)) == (1, 0)
    assert list_schedules()[0].next_at == back.replace(minute=0, second=0) + timedelta(hours=1)


def test_a_job_another_worker_runs_is_left_alone_until_its_lease_ends(job: Job) -> None:
    due = MIDNIGHT + timedelta(hours=1)
    Schedule.objects.update(lease_token="other", lease_until=due + LEASE)

    assert run_due_jobs(at=due) == 0
    assert run_due_jobs(at=due + LEASE) == 1


def test_a_failed_job_is_tried_again_soon(job: Job) -> None:
    due = MIDNIGHT + timedelta(hours=1)
    job.failures_left = 1

    assert (run_due_jobs(at=due), run_due_jobs(at=due)) == (1, 0)
    assert run_due_jobs(at=due + timedelta(seconds=3)) == 1
    assert len(job.ran) == 1


def test_a_job_that_never_succeeds_waits_for_its_next_time_with_the_error_shown(job: Job) -> None:
    job.failures_left = MAX_ATTEMPTS
    Schedule.objects.update(attempts=MAX_ATTEMPTS - 1)

    run_due_jobs(at=MIDNIGHT + timedelta(hours=1))

    (view,) = list_schedules()
    assert view.last_error.startswith("ValueError")
    assert view.next_at > MIDNIGHT + timedelta(hours=1)


def test_a_changed_time_holds_at_the_next_start(job: Job) -> None:
    subscriptions.schedule("tests.hourly", "30 8 * * *", job)

    register_schedules(at=MIDNIGHT)

    assert list_schedules()[0].next_at == datetime(2026, 11, 23, 0, 30, tzinfo=UTC)


def test_a_job_that_no_longer_exists_loses_its_row(job: Job) -> None:
    subscriptions.remove_job("tests.hourly")

    register_schedules(at=MIDNIGHT)

    assert list_schedules() == []


def test_two_jobs_of_one_name_are_a_mistake(job: Job) -> None:
    with pytest.raises(ValueError, match="two scheduled jobs"):
        subscriptions.schedule("tests.hourly", "0 * * * *", Job())
