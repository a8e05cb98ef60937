"""Django's view of the public site."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public site (门户)."""

    name = "suban.web.portal"
    label = "portal"
