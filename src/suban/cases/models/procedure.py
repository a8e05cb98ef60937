"""Special procedures of a case: what pages list, and the report that came of each."""

from typing import ClassVar

from django.db import models

from suban.cases.models.case import Case
from suban.cases.types import PROCEDURE_NAMES


class CaseProcedure(models.Model):
    """A special procedure (特别程序); its words are texts of the case under the same key."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="procedures")
    key = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=16)
    started_on = models.DateField()
    expected_on = models.DateField()
    ended_on = models.DateField(null=True)
    file_id = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        """One of a kind at a time; none ends before it began."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=models.Q(ended_on__isnull=True),
                name="procedure_open_once",
            ),
            models.CheckConstraint(
                name="procedure_kind_known", condition=models.Q(kind__in=list(PROCEDURE_NAMES))
            ),
            models.CheckConstraint(
                name="procedure_ends_after_start",
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("started_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of case {self.case_id}"
