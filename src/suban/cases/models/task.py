"""What waits for whom: the rows behind the worklists."""

from typing import ClassVar

from django.db import models

from suban.cases.models.case import Case


class CaseTask(models.Model):
    """A piece of work on a case, open until `done_at`.

    Everything a worklist shows or filters by stands here, so that a page is one query over one index
    whatever the number of matters an officer may handle.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    key = models.CharField(max_length=48)
    role = models.CharField(max_length=16)
    organ_code = models.CharField(max_length=18)
    matter_code = models.CharField(max_length=40)
    assignee = models.CharField(max_length=64, default="", blank=True)
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        """Keyset paging over (due_on, id) within organ and role; a person's own work likewise."""

        indexes: ClassVar = [
            models.Index(
                fields=["organ_code", "role", "due_on", "id"],
                name="task_open",
                condition=models.Q(done_at__isnull=True),
            ),
            models.Index(
                fields=["assignee", "due_on", "id"],
                name="task_mine",
                condition=models.Q(done_at__isnull=True) & ~models.Q(assignee=""),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "key"],
                condition=models.Q(done_at__isnull=True),
                name="task_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of case {self.case_id}"
