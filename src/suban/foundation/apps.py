"""Django's view of the context."""

from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate

from suban.kernel.clock import now


class FoundationConfig(AppConfig):
    """Plumbing (基础)."""

    name = "suban.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Protect the evidence again after every migrate: altering a table can drop its triggers."""
        post_migrate.connect(_after_migrate, sender=self)


def _after_migrate(*, sender: AppConfig, **_: Any) -> None:
    # Services need the models, which aren't there yet when this module is imported.
    from suban.foundation.queries.protection import table_name  # noqa: PLC0415
    from suban.foundation.services.calendar import import_shipped_calendar  # noqa: PLC0415
    from suban.foundation.services.protection import protect_evidence  # noqa: PLC0415

    protect_evidence()
    wanted = {table_name(model) for model in sender.get_models()}
    if wanted <= set(connection.introspection.table_names()):  # not so after a migrate to an earlier state
        import_shipped_calendar(at=now())
