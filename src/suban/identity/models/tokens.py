"""Tokens of other programs: only their digest is kept."""

from typing import ClassVar

from django.db import models

from suban.identity.models.accounts import User


class ApiToken(models.Model):
    """A bearer token: whose, for which company, until when. It ends with the password that it came from."""

    digest = models.CharField(max_length=80, unique=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    on_behalf_of = models.CharField(max_length=80, blank=True, default="")
    password_mark = models.CharField(max_length=128)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """A token ends after it begins; old ones are found for deletion."""

        indexes: ClassVar = [models.Index(fields=["expires_at"], name="api_token_expiry")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="api_token_ends_after_start",
                condition=models.Q(expires_at__gt=models.F("made_at")),
            ),
            models.CheckConstraint(name="api_token_has_digest", condition=~models.Q(digest="")),
        ]

    def __str__(self) -> str:
        return f"token {self.pk}"
