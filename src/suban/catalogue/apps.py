"""Django's view of the context."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogueConfig(AppConfig):
    """Matters and their definitions (事项)."""

    name = "suban.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Protect published definitions again after every migrate: altering a table can drop a trigger."""
        post_migrate.connect(_after_migrate, sender=self)


def _after_migrate(**_: Any) -> None:
    # Services need the models, which aren't there yet when this module is imported.
    from suban.catalogue.services.protection import protect_definitions  # noqa: PLC0415

    protect_definitions()
