"""Django's view of the context."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices (通知)."""

    name = "suban.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
