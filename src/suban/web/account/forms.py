"""Forms of the account pages; what they mean is checked by the services."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from suban.identity.queries import find_username_by_phone
from suban.identity.rules import clean_name, clean_phone, clean_username, looks_like_phone
from suban.kernel.errors import DomainError
from suban.kernel.identifiers import check_citizen_id


def text_field(
    label: str, *, length: int, autocomplete: str = "off", hint: str = "", required: bool = True
) -> forms.CharField:
    """Return a field for a line of text that says by name what is missing."""
    attributes = {"autocomplete": autocomplete, "autocapitalize": "none"}
    return forms.CharField(
        label=label,
        max_length=length,
        help_text=hint,
        required=required,
        widget=forms.TextInput(attrs=attributes),
        error_messages={"required": f"请填写{label}。"},
    )


def password_field(label: str, *, autocomplete: str, hint: str = "") -> forms.CharField:
    """Return a field for a password, which is never sent back."""
    return forms.CharField(
        label=label,
        max_length=128,
        strip=False,
        help_text=hint,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": f"请填写{label}。"},
    )


class SignInForm(LoginForm):  # type: ignore[misc]
    """Account name or mobile number, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = text_field("用户名或手机号", length=64, autocomplete="username")
        self.fields["password"] = password_field("密码", autocomplete="current-password")
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        """Return the account name; a mobile number is looked up, one that nobody has stays what it is."""
        login = self.cleaned_data["login"].strip().lower()
        if looks_like_phone(login):
            return find_username_by_phone(login) or login
        return str(login)


class RegisterForm(forms.Form):
    """What a person gives to open an account."""

    name = text_field("姓名", length=60, autocomplete="name", hint="与身份证一致。")
    citizen_id = text_field("公民身份号码", length=24, hint="18 位，最后一位可能是 X。")
    phone = text_field("手机号码", length=20, autocomplete="tel", hint="用于登录和接收通知。")
    username = text_field(
        "用户名", length=64, autocomplete="username", hint="以字母开头的小写字母和数字，至少 3 位。"
    )
    password = password_field("密码", autocomplete="new-password", hint="至少 10 位，不能全是数字。")
    again = password_field("确认密码", autocomplete="new-password")

    def clean_name(self) -> str:
        """Return the name as it is kept."""
        return _tidied(clean_name, self.cleaned_data["name"])

    def clean_citizen_id(self) -> str:
        """Return the number; one that can't be one never leaves the house."""
        return _tidied(_tidy_citizen_id, self.cleaned_data["citizen_id"])

    def clean_phone(self) -> str:
        """Return the mobile number as it is kept."""
        return _tidied(clean_phone, self.cleaned_data["phone"])

    def clean_username(self) -> str:
        """Return the account name as it is kept."""
        return _tidied(clean_username, self.cleaned_data["username"])

    def clean_password(self) -> str:
        """Return the password if it is hard enough to guess."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean_again(self) -> str:
        """Refuse a second password that differs from the first."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError("两次输入的密码不一致，请重新输入。")
        return again


class ContactForm(forms.Form):
    """What a person may change about themselves."""

    phone = text_field("手机号码", length=20, autocomplete="tel")
    email = text_field("电子邮箱", length=120, autocomplete="email", required=False)
    address = text_field(
        "联系地址", length=200, autocomplete="street-address", hint="结果寄送的默认地址。", required=False
    )


def _tidy_citizen_id(typed: str) -> str:
    number = "".join(typed.split()).upper()
    check_citizen_id(number)
    return number


def _tidied(tidy: Callable[[str], str], typed: str) -> str:
    try:
        return tidy(typed)
    except DomainError as refusal:
        raise forms.ValidationError(refusal.message) from refusal
