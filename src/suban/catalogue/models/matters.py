"""A matter, and its published versions. A version's definition never changes (services.protection)."""

from typing import ClassVar, Final

from django.db import models

DIGEST_LENGTH: Final = 71  # "sha256:" and 64 hex digits


class Matter(models.Model):
    """A matter of an organ (业务办理项).

    The columns repeat what lists and filters need of the version in force; `seq` and `digest` are the
    head of the stream `matter:<code>`.
    """

    code = models.CharField(max_length=33, unique=True)
    base_code = models.CharField(max_length=12, db_index=True)
    organ = models.ForeignKey("identity.Organ", on_delete=models.PROTECT, related_name="+")
    organ_code = models.CharField(max_length=18)
    organ_name = models.CharField(max_length=200)
    region_code = models.CharField(max_length=12)
    frame = models.CharField(max_length=16)
    target = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    plain_name = models.CharField(max_length=200)
    summary = models.TextField()
    promised_days = models.PositiveSmallIntegerField(default=0)
    on_site_visits = models.PositiveSmallIntegerField(default=0)
    charged = models.BooleanField(default=False)
    current = models.ForeignKey(
        "catalogue.MatterVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    current_number = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    seq = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=DIGEST_LENGTH)

    class Meta:
        """A matter is found by region and code; a withdrawal has its reason."""

        indexes: ClassVar = [models.Index(fields=["region_code", "code"], name="matter_by_region")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="matter_has_name"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_reason=""),
                name="matter_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(current__isnull=True, current_number=0)
                | models.Q(current__isnull=False, current_number__gte=1),
                name="matter_current_has_number",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class MatterVersion(models.Model):
    """One published definition, as canonical JSON and its digest."""

    PUBLISHED: Final = "published"
    WITHDRAWN: Final = "withdrawn"

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    definition = models.TextField()
    digest = models.CharField(max_length=DIGEST_LENGTH)
    status = models.CharField(max_length=16, default=PUBLISHED)
    effective_from = models.DateField()
    published_by = models.CharField(max_length=80)
    published_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        """Versions are counted from one and never reused."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "version"], name="matter_version_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="matter_version_from_one"),
            models.CheckConstraint(condition=~models.Q(definition=""), name="matter_version_has_definition"),
            models.CheckConstraint(
                condition=models.Q(status="published", withdrawn_at__isnull=True)
                | (models.Q(status="withdrawn", withdrawn_at__isnull=False) & ~models.Q(withdrawn_reason="")),
                name="matter_version_status_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version} of matter {self.matter_id}"
