"""What waits in the outbox, what died there, and whether a worker is alive."""

from datetime import datetime

from suban.foundation.models.outbox import Delivery, Schedule, WorkerHeartbeat
from suban.foundation.types import DeadLetter, ScheduleView


def list_dead_letters(*, limit: int = 100) -> list[DeadLetter]:
    """Return the deliveries that were given up, oldest first."""
    rows = Delivery.objects.filter(state=Delivery.DEAD).order_by("id")[:limit]
    return [
        DeadLetter(
            id=row.pk,
            topic=row.topic,
            handler=row.handler,
            attempts=row.attempts,
            last_error=row.last_error,
            settled_at=row.settled_at,
        )
        for row in rows
        if row.settled_at is not None
    ]


def count_waiting() -> int:
    """Return how many deliveries are still to be made."""
    return Delivery.objects.filter(state=Delivery.WAITING).count()


def list_schedules() -> list[ScheduleView]:
    """Return the recurring jobs with their next time."""
    return [
        ScheduleView(
            name=row.name,
            cron=row.cron,
            next_at=row.next_at,
            last_run_at=row.last_run_at,
            last_error=row.last_error,
        )
        for row in Schedule.objects.order_by("name")
    ]


def find_last_heartbeat() -> datetime | None:
    """Return when a worker last gave a sign of life."""
    return WorkerHeartbeat.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()
