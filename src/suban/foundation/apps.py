"""Django's view of the context."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Plumbing (基础)."""

    name = "suban.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
