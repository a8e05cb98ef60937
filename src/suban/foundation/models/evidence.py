"""Evidence: rows that are only ever added. Triggers refuse everything else (services.protection)."""

from typing import ClassVar

from django.db import models

DIGEST_LENGTH = 71  # "sha256:" and 64 hex digits


class Event(models.Model):
    """One recorded fact. `body` is the truth; the other columns repeat what is queried."""

    event_id = models.CharField(max_length=32)
    stream = models.CharField(max_length=100)
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=100)
    version = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()
    effective_on = models.DateField()
    actor = models.CharField(max_length=100)
    on_behalf_of = models.CharField(max_length=100, blank=True)
    body = models.TextField()
    digest = models.CharField(max_length=DIGEST_LENGTH)

    class Meta:
        """A place in a stream is taken once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "seq"], name="event_stream_seq"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="event_seq_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq}"


class AccessLogEntry(models.Model):
    """One look at personal data: who saw what of whom, when and why."""

    subject = models.CharField(max_length=100)
    actor = models.CharField(max_length=100)
    purpose = models.CharField(max_length=200)
    what = models.TextField()  # canonical JSON list of field names
    case = models.CharField(max_length=100, blank=True)
    read_at = models.DateTimeField()

    class Meta:
        """One person's reads are listed newest first."""

        indexes: ClassVar = [models.Index(fields=["subject", "id"], name="access_log_subject")]

    def __str__(self) -> str:
        return f"{self.actor} → {self.subject}"


class Checkpoint(models.Model):
    """The node's signature over all events and reads that are new since the checkpoint before."""

    number = models.PositiveBigIntegerField(unique=True)
    signed_at = models.DateTimeField()
    last_event = models.BigIntegerField()
    last_read = models.BigIntegerField()
    body = models.TextField()
    digest = models.CharField(max_length=DIGEST_LENGTH)
    signature = models.CharField(max_length=200)

    class Meta:
        """Numbers start at one."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="checkpoint_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"checkpoint {self.number}"
