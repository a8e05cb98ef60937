"""Django's view of the context."""

from django.apps import AppConfig


class DepartmentsConfig(AppConfig):
    """Departments' own systems and what passes between them and the cases (部门系统对接)."""

    name = "suban.departments"
    label = "departments"
    default_auto_field = "django.db.models.BigAutoField"
