"""Organs as a tree, their posts and staff, and the rights in them."""

from typing import ClassVar

from django.db import models

from suban.identity.models.accounts import User
from suban.identity.types import Role


class Region(models.Model):
    """An administrative division: province, city, county (6 digits) or township (9)."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        """A place has a name."""

        constraints: ClassVar = [
            models.CheckConstraint(name="region_has_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.code


class Organ(models.Model):
    """A government organ; `path` holds the codes from the root, so that a subtree is one range."""

    uscc = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=20)
    level = models.CharField(max_length=1)
    region_code = models.CharField(max_length=12, db_index=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=255, unique=True)
    registered_at = models.DateTimeField()

    class Meta:
        """Document numbers need the short name; list A.2 of GB/T 39046 knows seven levels."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="organ_has_names", condition=~models.Q(name="") & ~models.Q(short_name="")
            ),
            models.CheckConstraint(name="organ_level_known", condition=models.Q(level__in=list("1234567"))),
        ]

    def __str__(self) -> str:
        return self.uscc


class Post(models.Model):
    """A post (岗位) in an organ; rights given to it reach whoever holds it."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="posts")
    name = models.CharField(max_length=60)

    class Meta:
        """One post of a name per organ."""

        constraints: ClassVar = [
            models.UniqueConstraint(name="post_once_per_organ", fields=["organ", "name"]),
            models.CheckConstraint(name="post_has_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"


class Staff(models.Model):
    """A person in office: name, organ and post are public facts; the account is theirs alone.

    The row also keeps the head of the staff member's evidence stream.
    """

    ref = models.CharField(max_length=80, unique=True)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="staff")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="staff")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="staff")
    name = models.CharField(max_length=60)
    registered_at = models.DateTimeField()
    head_seq = models.PositiveIntegerField()
    head_digest = models.CharField(max_length=80)

    class Meta:
        """Whoever signs a decision has a name."""

        constraints: ClassVar = [
            models.CheckConstraint(name="staff_has_name", condition=~models.Q(name="")),
            models.CheckConstraint(name="staff_ref_is_one", condition=models.Q(ref__startswith="staff:")),
        ]

    def __str__(self) -> str:
        return self.ref


class GrantRow(models.Model):
    """A right: a role in an organ and everything under it, for all matters or the listed ones."""

    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="grants")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=32)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="grants")
    matters = models.JSONField(null=True)
    granted_by = models.CharField(max_length=80)
    granted_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=80, blank=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """Held by a staff member or a post, never both; once alive per holder, role and organ."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="grant_has_one_holder",
                condition=models.Q(staff__isnull=True, post__isnull=False)
                | models.Q(staff__isnull=False, post__isnull=True),
            ),
            models.CheckConstraint(
                name="grant_role_known", condition=models.Q(role__in=[role.value for role in Role])
            ),
            models.CheckConstraint(
                name="grant_revoked_by_somebody",
                condition=models.Q(revoked_at__isnull=True, revoked_by="")
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoked_by="")),
            ),
            models.UniqueConstraint(
                name="grant_once_per_staff",
                fields=["staff", "role", "organ"],
                condition=models.Q(revoked_at__isnull=True, staff__isnull=False),
            ),
            models.UniqueConstraint(
                name="grant_once_per_post",
                fields=["post", "role", "organ"],
                condition=models.Q(revoked_at__isnull=True, post__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="grant_by_role_and_organ", fields=["role", "organ"]),
        ]

    def __str__(self) -> str:
        return f"grant {self.pk}"
