"""Workers' signs of life, by which `/healthz` knows that somebody empties the outbox."""

from datetime import datetime, timedelta
from typing import Final

from suban.foundation.models.outbox import WorkerHeartbeat

_GONE_AFTER: Final = timedelta(days=1)


def record_heartbeat(*, worker: str, at: datetime) -> None:
    """Note that `worker` is alive at `at`."""
    WorkerHeartbeat.objects.bulk_create(
        [WorkerHeartbeat(worker=worker, beat_at=at)],
        update_conflicts=True,
        unique_fields=["worker"],
        update_fields=["beat_at"],
    )


def forget_heartbeat(*, worker: str, at: datetime) -> None:
    """Note that `worker` has stopped; rows of workers gone for a day are cleared away too."""
    WorkerHeartbeat.objects.filter(worker=worker).delete()
    WorkerHeartbeat.objects.filter(beat_at__lt=at - _GONE_AFTER).delete()
