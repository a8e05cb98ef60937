"""Counters behind numbers that people read."""

from typing import ClassVar

from django.db import models


class Counter(models.Model):
    """The last number given out of one series."""

    organ = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveBigIntegerField()

    class Meta:
        """A series has one counter."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "kind", "year"], name="counter_series"),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.kind} {self.year}: {self.value}"
