"""The evidence of every call to a register. Rows are written once and never changed."""

from typing import ClassVar

from django.db import models

from suban.exchange.types import Outcome


class RegisterCall(models.Model):
    """One call: what for, in which case, by whom, with what outcome; the answer is sealed for its subject."""

    call_id = models.CharField(max_length=32, unique=True)
    resource = models.CharField(max_length=64)
    purpose = models.CharField(max_length=500)
    case = models.CharField(max_length=80)
    by = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    called_at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=[(o.value, o.value) for o in Outcome])
    reason = models.CharField(max_length=20, blank=True)
    digest = models.CharField(max_length=80, blank=True)
    sealed_query = models.BinaryField()
    sealed_answer = models.BinaryField(null=True)

    class Meta:
        """Found by case, newest first; by subject, so that a person can see who asked about them."""

        indexes: ClassVar = [
            models.Index(name="exchange_call_case", fields=["case", "id"]),
            models.Index(name="exchange_call_subject", fields=["subject", "id"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="exchange_call_found_is_kept",
                condition=models.Q(outcome=Outcome.FOUND, sealed_answer__isnull=False) & ~models.Q(digest="")
                | ~models.Q(outcome=Outcome.FOUND) & models.Q(sealed_answer__isnull=True, digest=""),
            ),
            models.CheckConstraint(
                name="exchange_call_down_has_reason",
                condition=models.Q(outcome=Outcome.DOWN) & ~models.Q(reason="")
                | ~models.Q(outcome=Outcome.DOWN) & models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="exchange_call_outcome_known",
                condition=models.Q(outcome__in=[o.value for o in Outcome]),
            ),
            models.CheckConstraint(
                name="exchange_call_has_purpose",
                condition=~models.Q(purpose="") & ~models.Q(case="") & ~models.Q(by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.outcome}"
