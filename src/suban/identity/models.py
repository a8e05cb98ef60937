"""Tables of identity: who may sign in."""

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
