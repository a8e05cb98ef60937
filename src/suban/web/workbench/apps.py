"""Django's view of the workbench."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Where officers work (工作台)."""

    name = "suban.web.workbench"
    label = "workbench"
