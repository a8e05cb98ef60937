"""Django's view of the context."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Data exchange (数据共享交换)."""

    name = "suban.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
