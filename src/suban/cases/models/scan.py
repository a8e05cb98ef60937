"""A phone that takes pictures for one slot of one case: the link in the QR code, and its pages."""

from typing import ClassVar

from django.db import models

from suban.cases.models.case import Case


class ScanLink(models.Model):
    """What a QR code opens: one slot of one case, as it stood, for a short time, for the one who made it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="scan_links")
    slot = models.CharField(max_length=48)
    key = models.CharField(max_length=32, unique=True)
    case_state = models.CharField(max_length=16)
    made_by = models.BigIntegerField()  # the account, asked again at every use what it may do
    on_behalf_of = models.CharField(max_length=64, default="", blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, default="", blank=True)

    class Meta:
        """One living link per slot; one that is over says how it ended."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "slot"],
                condition=models.Q(closed_at__isnull=True),
                name="scan_link_open_once",
            ),
            models.CheckConstraint(
                name="scan_link_outcome_known",
                condition=models.Q(closed_at__isnull=True, outcome="")
                | models.Q(closed_at__isnull=False, outcome__in=["used", "revoked", "expired"]),
            ),
            models.CheckConstraint(
                name="scan_link_ends", condition=models.Q(expires_at__gt=models.F("made_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ScanPage(models.Model):
    """A picture that the phone took, as rules.scans.Shape shows it: turned, then cut at the edges."""

    link = models.ForeignKey(ScanLink, on_delete=models.CASCADE, related_name="pages")
    key = models.CharField(max_length=32, unique=True)
    position = models.PositiveSmallIntegerField()
    file_id = models.CharField(max_length=64)
    turns = models.PositiveSmallIntegerField(default=0)
    left = models.PositiveSmallIntegerField(default=0)
    top = models.PositiveSmallIntegerField(default=0)
    right = models.PositiveSmallIntegerField(default=0)
    bottom = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """Something is left of every page."""

        indexes: ClassVar = [models.Index(fields=["link", "position"], name="scan_page_of_link")]
        constraints: ClassVar = [
            models.CheckConstraint(name="scan_page_turns", condition=models.Q(turns__lte=3)),
            models.CheckConstraint(
                name="scan_page_is_left",
                condition=models.Q(left__lte=450, top__lte=450, right__lte=450, bottom__lte=450),
            ),
        ]

    def __str__(self) -> str:
        return self.key
