"""Who gave false material and can't apply again for a time."""

from typing import ClassVar

from django.db import models

from suban.cases.models.case import Case


class ApplicationBan(models.Model):
    """A party barred from applying for a licence, wherever it is handled, until the day `until` is over.

    It is made with the decision that imposed it (行政许可法第78条) and names the party by reference only.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="ban")
    party = models.CharField(max_length=64)
    base_code = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    article = models.CharField(max_length=200)

    class Meta:
        """Looked for whenever somebody applies."""

        indexes: ClassVar = [models.Index(fields=["party", "base_code", "until"], name="ban_of_party")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="ban_ends_after_it_began", condition=models.Q(until__gt=models.F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"ban by case {self.case_id} until {self.until}"
