"""Registered systems, the cases that they handle, and every push and message between."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from suban.departments.types import Alarm, MessageKind, Outcome, PushKind, PushState

KINDS: Final = [kind.value for kind in MessageKind]
PUSH_KINDS: Final = [kind.value for kind in PushKind]
OPEN_QUESTIONS: Final = [Outcome.CONTRADICTORY.value, Outcome.REFUSED.value]


class DepartmentSystem(models.Model):
    """A department's own system; its secrets are sealed. After a rotation the old one is good for a while."""

    key = models.CharField(max_length=31, unique=True)
    name = models.CharField(max_length=120)
    organ = models.ForeignKey("identity.Organ", on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=300)
    enabled = models.BooleanField(default=True)
    secret = models.BinaryField()
    previous_secret = models.BinaryField(default=b"")
    previous_until = models.DateTimeField(null=True)
    registered_at = models.DateTimeField()
    last_heard_at = models.DateTimeField(null=True)

    class Meta:
        """An old secret ends some day."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="system_old_secret_ends",
                condition=Q(previous_secret=b"") | Q(previous_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class UsedNonce(models.Model):
    """A nonce that was used; forgotten when its time would be refused anyway."""

    system = models.ForeignKey(DepartmentSystem, on_delete=models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=64)
    used_at = models.DateTimeField(db_index=True)

    class Meta:
        """Once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["system", "nonce"], name="nonce_once")]

    def __str__(self) -> str:
        return self.nonce


class HandledCase(models.Model):
    """A case that a department's system handles; `system` is the id that the matter's definition names.

    `next_sequence` is the number of the message whose turn it is; `alarm` is how its silence was judged last.
    """

    number = models.CharField(max_length=32, unique=True)
    system = models.CharField(max_length=31)
    organ_code = models.CharField(max_length=18)
    matter_code = models.CharField(max_length=40)
    matter_name = models.CharField(max_length=200)
    next_sequence = models.PositiveIntegerField(default=1)
    pushes_planned = models.PositiveIntegerField(default=0)
    handed_in_at = models.DateTimeField()
    pushed_at = models.DateTimeField(null=True)
    last_said_at = models.DateTimeField(null=True)
    last_heard_at = models.DateTimeField(null=True)
    accepted_officer = models.CharField(max_length=32, default="", blank=True)
    alarm = models.CharField(max_length=8, default="", blank=True)
    alarm_text = models.CharField(max_length=100, default="", blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Watched while it is open; listed by organ."""

        indexes: ClassVar = [
            models.Index(fields=["organ_code", "-id"], name="handled_of_organ"),
            models.Index(fields=["id"], name="handled_open", condition=Q(closed_at__isnull=True)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="handled_alarm_known", condition=Q(alarm__in=[alarm.value for alarm in Alarm])
            ),
            models.CheckConstraint(name="handled_turn_counts", condition=Q(next_sequence__gte=1)),
        ]

    def __str__(self) -> str:
        return self.number


class Push(models.Model):
    """Something to be told to the department's system; `ref` is its message id, the same at every attempt."""

    case = models.ForeignKey(HandledCase, on_delete=models.CASCADE, related_name="pushes")
    ref = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=24)
    key = models.CharField(max_length=32)
    sequence = models.PositiveIntegerField()
    state = models.CharField(max_length=12, default=PushState.WAITING.value)
    attempts = models.PositiveIntegerField(default=0)
    planned_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        """The same is pushed once; delivered has its time."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "kind", "key"], name="push_once"),
            models.UniqueConstraint(fields=["case", "sequence"], name="push_in_order"),
            models.CheckConstraint(name="push_kind_known", condition=Q(kind__in=PUSH_KINDS)),
            models.CheckConstraint(
                name="push_state_known", condition=Q(state__in=[state.value for state in PushState])
            ),
            models.CheckConstraint(
                name="push_delivered_has_time",
                condition=Q(state=PushState.DELIVERED.value, delivered_at__isnull=False)
                | (~Q(state=PushState.DELIVERED.value) & Q(delivered_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class InboundMessage(models.Model):
    """A message of a department's system, sealed as it came, and what became of it."""

    case = models.ForeignKey(HandledCase, on_delete=models.CASCADE, related_name="messages")
    message_id = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    said_at = models.DateTimeField()
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=16, default=Outcome.WAITING.value)
    code = models.CharField(max_length=60, default="", blank=True)
    reason = models.CharField(max_length=300, default="", blank=True)
    late = models.BooleanField(default=False)
    body = models.BinaryField()
    digest = models.CharField(max_length=80)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        """An id once, a number once; what is doubtful is found quickly."""

        indexes: ClassVar = [
            models.Index(
                fields=["case", "id"],
                name="message_in_question",
                condition=Q(outcome__in=OPEN_QUESTIONS, settled_at__isnull=True),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "message_id"], name="message_id_once"),
            models.UniqueConstraint(fields=["case", "sequence"], name="message_turn_once"),
            models.CheckConstraint(name="message_kind_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(
                name="message_outcome_known", condition=Q(outcome__in=[outcome.value for outcome in Outcome])
            ),
            models.CheckConstraint(
                name="message_settled_by_someone", condition=Q(settled_at__isnull=True) | ~Q(settled_by="")
            ),
        ]

    def __str__(self) -> str:
        return self.message_id
