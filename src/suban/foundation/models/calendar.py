"""Versions of the working-day calendar. A deadline names the version that it was derived with."""

from typing import ClassVar

from django.db import models


class CalendarVersion(models.Model):
    """One imported calendar; the latest import is in force, earlier ones stay for derivations."""

    version = models.CharField(max_length=50, unique=True)
    source = models.CharField(max_length=300)
    provisional_years = models.JSONField()
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.version


class CalendarDay(models.Model):
    """A day that departs from the weekday rule: a weekday off, or a weekend day at work."""

    calendar = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    works = models.BooleanField()

    class Meta:
        """A day stands once in a version."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calendar", "day"], name="calendar_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.works}"
