"""Django's view of sign-in."""

from django.apps import AppConfig


class AccountConfig(AppConfig):
    """Sign-in, acting for a company, own details (账户)."""

    name = "suban.web.account"
    label = "web_account"
