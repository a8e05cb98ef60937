"""Data keys: one per subject, so that erasure is the destruction of one row's secret."""

from typing import ClassVar

from django.db import models


class SubjectKey(models.Model):
    """The wrapped data key of one subject; empty once shredded, so that no new one is made silently."""

    subject = models.CharField(max_length=128, unique=True)
    key_id = models.CharField(max_length=16, unique=True)
    wrapped = models.BinaryField()
    master_version = models.PositiveSmallIntegerField(default=1)
    shredded = models.BooleanField(default=False)

    class Meta:
        """A shredded key holds nothing; a living one holds something."""

        constraints: ClassVar = [
            models.CheckConstraint(name="subject_key_has_subject", condition=~models.Q(subject="")),
            models.CheckConstraint(
                name="subject_key_shredded_is_empty",
                condition=models.Q(shredded=True, wrapped=b"")
                | (models.Q(shredded=False) & ~models.Q(wrapped=b"")),
            ),
        ]

    def __str__(self) -> str:
        return f"key {self.key_id}"
