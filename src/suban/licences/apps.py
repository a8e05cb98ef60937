"""Django's view of the context."""

from django.apps import AppConfig


class LicencesConfig(AppConfig):
    """Licences (证照)."""

    name = "suban.licences"
    label = "licences"
    default_auto_field = "django.db.models.BigAutoField"
