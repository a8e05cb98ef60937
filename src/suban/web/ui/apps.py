"""Django's view of the look."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Layout, components, form kit (界面)."""

    name = "suban.web.ui"
    label = "ui"
