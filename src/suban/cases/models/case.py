"""The case itself, its form, and the keys that make a repeated request harmless."""

from typing import ClassVar, Final

from django.db import models

from suban.cases.types import State

_DECIDED: Final = [
    State.GRANTED,
    State.REFUSED,
    State.FILED,
    State.ISSUED,
    State.DISPATCHED,
    State.SERVED,
    State.CLOSED,
    State.NOT_NEEDED,
    State.NOT_ACCEPTED,
    State.TERMINATED,
]


class Case(models.Model):
    """A case (办件). `snapshot` is its state as the engine reads it; `seq` and `digest` are its chain's head.

    The due columns are projections, recomputed after every act and when a calendar is published. While
    a special procedure stops the clock the legal one is empty and `days_left` says what is left of it.
    """

    number = models.CharField(max_length=32, unique=True)
    official_number = models.CharField(max_length=50, default="", blank=True)
    query_code = models.BinaryField(default=b"")
    party = models.CharField(max_length=64)
    party_label = models.CharField(max_length=120)
    created_by = models.CharField(max_length=64)
    organ = models.ForeignKey("identity.Organ", on_delete=models.PROTECT, related_name="+")
    organ_code = models.CharField(max_length=18)
    region_code = models.CharField(max_length=12)
    matter_version = models.ForeignKey("catalogue.MatterVersion", on_delete=models.PROTECT, related_name="+")
    matter_code = models.CharField(max_length=40)
    matter_name = models.CharField(max_length=200)
    frame = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    channel = models.CharField(max_length=16, default="online")
    result_number = models.CharField(max_length=64, default="", blank=True)
    snapshot = models.TextField()
    seq = models.PositiveIntegerField()
    digest = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    due_kind = models.CharField(max_length=16, default="", blank=True)
    legal_due_on = models.DateField(null=True)
    days_left = models.PositiveSmallIntegerField(null=True)
    due_provisional = models.BooleanField(default=False)

    class Meta:
        """What a row promises, and the ways it is looked for."""

        indexes: ClassVar = [
            models.Index(fields=["party", "-id"], name="case_of_party"),
            models.Index(
                fields=["due_on", "id"],
                name="case_notice_due",
                condition=models.Q(state=State.SUBMITTED),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="case_received_with_number",
                condition=models.Q(state__in=[State.DRAFT, State.DISCARDED])
                | (models.Q(received_on__isnull=False) & ~models.Q(official_number="")),
            ),
            models.UniqueConstraint(
                fields=["official_number"],
                condition=~models.Q(official_number=""),
                name="case_official_number_once",
            ),
            models.CheckConstraint(
                name="case_accepted_has_day",
                condition=~models.Q(state__in=[State.ACCEPTED, State.REVIEW, State.PROPOSED])
                | models.Q(accepted_on__isnull=False, legal_due_on__isnull=False, days_left__isnull=True)
                | models.Q(accepted_on__isnull=False, legal_due_on__isnull=True, days_left__isnull=False),
            ),
            models.CheckConstraint(
                name="case_decided_has_day",
                condition=~models.Q(
                    state__in=_DECIDED,
                )
                | models.Q(decided_on__isnull=False),
            ),
            models.CheckConstraint(name="case_state_known", condition=models.Q(state__in=list(State))),
            models.CheckConstraint(
                name="case_has_head", condition=models.Q(seq__gte=1) & ~models.Q(digest="")
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseForm(models.Model):
    """The answers of the form, sealed; every saving raises the revision."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="form")
    answers = models.BinaryField()
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    salt = models.CharField(max_length=64)
    confirmed_revision = models.PositiveIntegerField(null=True)
    delivery = models.CharField(max_length=16, default="", blank=True)
    address = models.BinaryField(default=b"")

    class Meta:
        """Nobody confirms what isn't written yet."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="form_confirmed_is_past",
                condition=models.Q(confirmed_revision__isnull=True)
                | models.Q(confirmed_revision__lte=models.F("revision")),
            ),
        ]

    def __str__(self) -> str:
        return f"form of case {self.case_id}"


class IdempotencyKey(models.Model):
    """A request that was answered: the same key gives the same case again."""

    party = models.CharField(max_length=64)
    key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=80)
    case_number = models.CharField(max_length=32)
    made_at = models.DateTimeField()

    class Meta:
        """One answer per key and party."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "key"], name="idempotency_key_once"),
        ]

    def __str__(self) -> str:
        return self.key
