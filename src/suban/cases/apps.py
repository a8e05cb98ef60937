"""Django's view of the context."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases (办件)."""

    name = "suban.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
