"""Django's view of the context."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """People, companies, organs, staff (身份)."""

    name = "suban.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"
