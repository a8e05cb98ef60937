"""People and companies; what is personal is sealed with the subject's own data key."""

from typing import ClassVar

from django.db import models

from suban.identity.models.accounts import User
from suban.identity.types import MemberRole


class Person(models.Model):
    """A natural person; found again by a keyed index of the identity number, never by the number."""

    ref = models.CharField(max_length=80, unique=True)
    user = models.OneToOneField(User, null=True, on_delete=models.PROTECT, related_name="person")
    citizen_id_index = models.CharField(max_length=128, unique=True)
    phone_index = models.CharField(max_length=128, blank=True, db_index=True)
    name_sealed = models.BinaryField()
    citizen_id_sealed = models.BinaryField()
    phone_sealed = models.BinaryField()
    email_sealed = models.BinaryField()
    address_sealed = models.BinaryField()
    realname_level = models.PositiveSmallIntegerField(default=1)
    registered_at = models.DateTimeField()

    class Meta:
        """The level is one of the four there are."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="person_realname_level_1_to_4",
                condition=models.Q(realname_level__gte=1, realname_level__lte=4),
            ),
            models.CheckConstraint(name="person_ref_is_one", condition=models.Q(ref__startswith="person:")),
        ]

    def __str__(self) -> str:
        return self.ref


class Company(models.Model):
    """A legal person; its name and address are public, its representative's name is sealed."""

    ref = models.CharField(max_length=80, unique=True)
    uscc = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200)
    legal_representative_sealed = models.BinaryField()
    address = models.CharField(max_length=300, blank=True)
    registered_at = models.DateTimeField()

    class Meta:
        """A company has a name and 18 characters of code."""

        constraints: ClassVar = [
            models.CheckConstraint(name="company_has_name", condition=~models.Q(name="")),
            models.CheckConstraint(name="company_ref_is_one", condition=models.Q(ref__startswith="company:")),
        ]

    def __str__(self) -> str:
        return self.ref


class CompanyMember(models.Model):
    """A mandate: this person acts for this company, in this scope, until this day."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=32)
    scope = models.CharField(max_length=200, blank=True)
    expires_on = models.DateField(null=True)
    given_by = models.CharField(max_length=80)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One living mandate per person and company; it can't end before it began."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                name="company_member_once",
                fields=["company", "person"],
                condition=models.Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="company_member_role_known",
                condition=models.Q(role__in=[role.value for role in MemberRole]),
            ),
            models.CheckConstraint(
                name="company_member_ends_after_start",
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("given_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"mandate {self.pk}"
