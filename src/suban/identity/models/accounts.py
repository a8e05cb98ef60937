"""Accounts: who may sign in, and how often a password was guessed."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Users(BaseUserManager["User"]):
    """The accounts, as Django's sign-in looks for them."""


class User(AbstractBaseUser):
    """An account that can sign in; who stands behind it is a Person or a Staff row.

    Nothing here is personal: names, numbers and addresses are sealed elsewhere.
    """

    username = models.CharField(max_length=64, unique=True)
    is_active = models.BooleanField(default=True)
    grants_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """A nameless account can't sign in."""

        constraints: ClassVar = [
            models.CheckConstraint(name="user_has_username", condition=~models.Q(username="")),
        ]

    def __str__(self) -> str:
        return f"user {self.pk}"


class ThrottleEntry(models.Model):
    """A count of the sign-in throttle; Django's database cache reads and writes this table."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        """The name that the setting CACHES gives; an entry without content means nothing."""

        db_table = "identity_throttle"
        constraints: ClassVar = [
            models.CheckConstraint(name="throttle_has_value", condition=~models.Q(value="")),
        ]

    def __str__(self) -> str:
        return self.cache_key
