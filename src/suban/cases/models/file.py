"""What lies in a case's file: materials, looked-up facts, confirmations, texts, checks and letters."""

from typing import ClassVar

from django.db import models

from suban.cases.models.case import Case


class CaseMaterial(models.Model):
    """A material in a slot. The bytes lie with `file_id`; a register's answer lies sealed in `record`."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="materials")
    slot = models.CharField(max_length=48)
    key = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=16)
    level = models.CharField(max_length=1)
    file_id = models.CharField(max_length=64, default="", blank=True)
    name = models.CharField(max_length=200, default="", blank=True)
    size = models.PositiveBigIntegerField(default=0)
    media_type = models.CharField(max_length=100, default="", blank=True)
    digest = models.CharField(max_length=80)
    source = models.CharField(max_length=200)
    obtained_at = models.DateTimeField()
    record = models.BinaryField(default=b"")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """An upload has its file."""

        indexes: ClassVar = [models.Index(fields=["case", "slot"], name="material_of_case")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="material_upload_has_file",
                condition=~models.Q(kind="upload") | ~models.Q(file_id=""),
            ),
            models.CheckConstraint(
                name="material_level_known",
                condition=models.Q(level__in=["A", "B", "C", "D"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot} of case {self.case_id}"


class CaseLookup(models.Model):
    """What a register said about a slot when it was asked last: held, not_held or down."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="lookups")
    slot = models.CharField(max_length=48)
    outcome = models.CharField(max_length=16)
    source = models.CharField(max_length=200)
    asked_at = models.DateTimeField()

    class Meta:
        """The last answer only; every call stands in exchange's own ledger."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "slot"], name="lookup_once")]

    def __str__(self) -> str:
        return f"{self.slot} of case {self.case_id}: {self.outcome}"


class Confirmation(models.Model):
    """A company is asked to confirm something in its own account (单位在线确认)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="confirmations")
    key = models.CharField(max_length=32, unique=True)
    slot = models.CharField(max_length=48)
    company = models.CharField(max_length=64)
    text = models.BinaryField()
    state = models.CharField(max_length=16)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, default="", blank=True)
    reason = models.BinaryField(default=b"")

    class Meta:
        """Asked once at a time; answered with a name and a time."""

        indexes: ClassVar = [models.Index(fields=["company", "-id"], name="confirmation_of_company")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "slot"],
                condition=models.Q(state="asked"),
                name="confirmation_asked_once",
            ),
            models.CheckConstraint(
                name="confirmation_answered_by_someone",
                condition=models.Q(state__in=["asked", "cancelled"])
                | (models.Q(answered_at__isnull=False) & ~models.Q(answered_by="")),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class CaseText(models.Model):
    """Words that somebody wrote: an opinion, a defect, reasons. Sealed; the chain holds a commitment."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="texts")
    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=48, default="", blank=True)
    sealed = models.BinaryField()
    commitment = models.CharField(max_length=80)
    by = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} of case {self.case_id}"


class CaseCheck(models.Model):
    """The last result of an automatic check."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="checks")
    key = models.CharField(max_length=48)
    name = models.CharField(max_length=200)
    outcome = models.CharField(max_length=8)
    source = models.CharField(max_length=200)
    detail = models.CharField(max_length=500, default="", blank=True)
    checked_at = models.DateTimeField()

    class Meta:
        """Pass, fail, or the register could not say."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "key"], name="check_once"),
            models.CheckConstraint(
                name="check_outcome_known",
                condition=models.Q(outcome__in=["pass", "fail", "unknown"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of case {self.case_id}: {self.outcome}"


class CaseLetter(models.Model):
    """A letter of the case (文书) with its number; the worker writes it and keeps the file.

    `seq` is the event it tells of: the letter says how things stood then, whenever it is written.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=24)
    key = models.CharField(max_length=32, unique=True)
    document_number = models.CharField(max_length=80, default="", blank=True)
    issued_on = models.DateField()
    seq = models.PositiveIntegerField()
    file_id = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        """One letter of a kind on a day is enough; a document number is given once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document_number"],
                condition=~models.Q(document_number=""),
                name="letter_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.document_number or f"{self.kind} of case {self.case_id}"
