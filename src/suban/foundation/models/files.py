"""Files: what the store holds, under which key, for whom."""

from typing import ClassVar

from django.db import models


class File(models.Model):
    """A stored file. It has no owner here: contexts hold attachments to its opaque id.

    `kept` is set in the transaction that attaches it; what nobody kept within a day is swept away.
    """

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"

    file_id = models.CharField(max_length=32, unique=True)
    subject = models.CharField(max_length=128)
    digest = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.BinaryField()
    wrapped_key = models.BinaryField()
    scan = models.CharField(max_length=16)
    stored_at = models.DateTimeField()
    kept = models.BooleanField(default=False)

    class Meta:
        """The scan's outcome is one of the known, the digest names its algorithm."""

        indexes: ClassVar = [
            models.Index(fields=["stored_at"], name="file_not_kept", condition=models.Q(kept=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="file_scan_known", condition=models.Q(scan__in=["not_scanned", "clean"])
            ),
            models.CheckConstraint(
                name="file_digest_named", condition=models.Q(digest__startswith="sha256:")
            ),
            models.CheckConstraint(name="file_has_subject", condition=~models.Q(subject="")),
        ]

    def __str__(self) -> str:
        return self.file_id
