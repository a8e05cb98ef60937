"""Tables of licences. What names a person is sealed under the holder's key."""

from typing import ClassVar, Final

from django.db import models

from suban.licences.types import Stage, Status

# Plain text, so that migrations import nothing of ours.
_STAGES: Final = [stage.value for stage in Stage]
_STATUSES: Final = [status.value for status in Status]
_PREPARING: Final = Stage.PREPARING.value
_ISSUED: Final = Stage.ISSUED.value
_VALID: Final = Status.VALID.value


class SealKey(models.Model):
    """An organ's electronic seal: a P-256 key for pages, an SM2 key for codes, both private halves sealed.

    The node's own row (`node`) holds the authority that certified the others and the key of its lists.
    """

    key_id = models.CharField(max_length=16, unique=True)
    organ = models.CharField(max_length=18)
    name = models.CharField(max_length=120)
    certificate = models.TextField()
    chain = models.TextField(default="", blank=True)
    private_sealed = models.BinaryField()
    code_public = models.BinaryField()
    code_private_sealed = models.BinaryField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        """What a row promises."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ"],
                condition=models.Q(retired_at__isnull=True),
                name="licences_one_seal_in_force",
            ),
            models.CheckConstraint(
                name="licences_seal_ends_later",
                condition=models.Q(valid_until__gt=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.key_id


class Licence(models.Model):
    """A licence (证照): numbered first, then drawn and signed; `seq` and `digest` are its chain's head."""

    identifier = models.CharField(max_length=100, unique=True)
    case = models.CharField(max_length=64, unique=True)
    holder = models.CharField(max_length=64)
    type_code = models.CharField(max_length=21)
    type_name = models.CharField(max_length=120)
    number = models.CharField(max_length=64)
    serial = models.CharField(max_length=32)
    version = models.CharField(max_length=3)
    issuer = models.CharField(max_length=18)
    issuer_name = models.CharField(max_length=120)
    request_sealed = models.BinaryField()
    stage = models.CharField(max_length=12)
    status = models.CharField(max_length=2)
    status_at = models.DateTimeField()
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)
    previous = models.CharField(max_length=100, default="", blank=True)
    prepared_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    file_id = models.CharField(max_length=64, default="", blank=True)
    code = models.TextField(default="", blank=True)
    seq = models.PositiveIntegerField()
    digest = models.CharField(max_length=80)

    class Meta:
        """What a row promises, and the ways it is looked for."""

        indexes: ClassVar = [
            models.Index(fields=["holder", "-id"], name="licence_of_holder"),
            models.Index(
                fields=["identifier"],
                name="licence_exceptions",
                condition=models.Q(stage=_ISSUED) & ~models.Q(status=_VALID),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["type_code", "issuer", "serial", "version"],
                name="licence_number_once",
            ),
            models.CheckConstraint(name="licence_stage_known", condition=models.Q(stage__in=_STAGES)),
            models.CheckConstraint(name="licence_status_known", condition=models.Q(status__in=_STATUSES)),
            models.CheckConstraint(
                name="licence_issued_has_file",
                condition=models.Q(stage=_PREPARING)
                | (models.Q(issued_at__isnull=False) & ~models.Q(file_id="") & ~models.Q(code="")),
            ),
            models.CheckConstraint(
                name="licence_ends_later",
                condition=models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=models.F("issued_on")),
            ),
            models.CheckConstraint(
                name="licence_has_head",
                condition=models.Q(seq__gte=1) & ~models.Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


class StatusListIssue(models.Model):
    """A published list of every licence that isn't simply valid, with the node's signature."""

    number = models.PositiveIntegerField(unique=True)
    as_of = models.DateTimeField()
    next_update = models.DateTimeField()
    document = models.TextField()

    class Meta:
        """What a row promises."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="licences_list_ends_later",
                condition=models.Q(next_update__gt=models.F("as_of")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
