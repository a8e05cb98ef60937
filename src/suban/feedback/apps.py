"""Django's view of the context."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """Questions to the window, and their answers (咨询)."""

    name = "suban.feedback"
    label = "feedback"
    default_auto_field = "django.db.models.BigAutoField"
