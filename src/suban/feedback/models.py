"""Questions, what was said, and what was published of it."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from suban.feedback.types import QuestionState

STATES: Final = [state.value for state in QuestionState]


class Question(models.Model):
    """One question, with the page it was asked from. The texts lie sealed beside it."""

    key = models.CharField(max_length=32, unique=True)
    party = models.CharField(max_length=80)
    organ = models.CharField(max_length=18)
    matter_code = models.CharField(max_length=64)
    matter_name = models.CharField(max_length=200)
    matter_version = models.PositiveIntegerField()
    case_number = models.CharField(max_length=64, default="", blank=True)
    case_state = models.CharField(max_length=40, default="", blank=True)
    state = models.CharField(max_length=12, choices=[(s, s) for s in STATES])
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    turns = models.PositiveSmallIntegerField(default=1)
    chain_seq = models.PositiveIntegerField()
    chain_digest = models.CharField(max_length=80)

    class Meta:
        """Read by party, and by organ in the order in which answers are due."""

        indexes: ClassVar = [
            models.Index(fields=["party", "-id"], name="question_of_party"),
            models.Index(fields=["organ", "state", "due_on", "id"], name="question_worklist"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="question_state_known"),
        ]

    def __str__(self) -> str:
        return self.key


class QuestionText(models.Model):
    """What asker or office said; sealed for the asker, whose erasure shreds it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="texts")
    turn = models.PositiveSmallIntegerField()
    from_office = models.BooleanField()
    by = models.CharField(max_length=80)
    sealed = models.BinaryField()
    salt = models.CharField(max_length=32)
    written_at = models.DateTimeField()

    class Meta:
        """One text a turn."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "turn"], name="question_text_turn_once"),
        ]

    def __str__(self) -> str:
        return f"turn {self.turn} of question {self.question_id}"


class PublishedAnswer(models.Model):
    """Question and answer in the office's own words, for the guide of the matter."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="published")
    matter_code = models.CharField(max_length=64)
    question_words = models.CharField(max_length=200)
    answer_words = models.TextField()
    published_by = models.CharField(max_length=80)
    published_at = models.DateTimeField()

    class Meta:
        """Read by matter."""

        indexes: ClassVar = [models.Index(fields=["matter_code", "-id"], name="published_of_matter")]

    def __str__(self) -> str:
        return self.question_words
