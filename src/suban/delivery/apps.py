"""Django's view of the context."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Parcels and their carriers (寄递送达)."""

    name = "suban.delivery"
    label = "delivery"
    default_auto_field = "django.db.models.BigAutoField"
