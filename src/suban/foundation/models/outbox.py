"""The outbox, the schedules, and the workers' signs of life."""

from typing import ClassVar

from django.db import models


class Delivery(models.Model):
    """One published message on its way to one handler."""

    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"

    key = models.CharField(max_length=128)
    handler = models.CharField(max_length=128)
    topic = models.CharField(max_length=128)
    payload = models.TextField()
    state = models.CharField(max_length=8, default=WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    available_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=32, default="")
    settled_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, default="")

    class Meta:
        """A handler gets a message once; finding what waits stays cheap however much is done."""

        indexes: ClassVar = [
            models.Index(name="delivery_waiting", fields=["id"], condition=models.Q(state="waiting")),
            models.Index(name="delivery_dead", fields=["id"], condition=models.Q(state="dead")),
            models.Index(name="delivery_settled", fields=["settled_at"], condition=models.Q(state="done")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="delivery_once", fields=["key", "handler"]),
            models.CheckConstraint(
                name="delivery_state_known", condition=models.Q(state__in=["waiting", "done", "dead"])
            ),
            models.CheckConstraint(
                name="delivery_settled_has_time",
                condition=models.Q(state="waiting", settled_at=None)
                | (~models.Q(state="waiting") & models.Q(settled_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} to {self.handler}"


class Schedule(models.Model):
    """When a recurring job runs next, and who runs it now."""

    name = models.CharField(max_length=128, unique=True)
    cron = models.CharField(max_length=64)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=32, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    last_run_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, default="")

    class Meta:
        """A lease has an owner."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="schedule_lease_has_end",
                condition=models.Q(lease_token="") | models.Q(lease_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.cron})"


class WorkerHeartbeat(models.Model):
    """A worker's last sign of life."""

    worker = models.CharField(max_length=128, unique=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
