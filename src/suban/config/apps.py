"""The last app of the list: when it is ready, all others are, and everything is joined."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Configuration (配置)."""

    name = "suban.config"
    label = "config"

    def ready(self) -> None:
        """Set up the log and join ports, handlers and jobs."""
        # Both need the models, which aren't there yet when this module is imported.
        from django.conf import settings  # noqa: PLC0415

        from suban.config.logs import configure_logs  # noqa: PLC0415
        from suban.config.wiring import wire  # noqa: PLC0415

        configure_logs(console=settings.SUBAN.demo)
        wire()
