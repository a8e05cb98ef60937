"""Forms of the account pages; what they mean is checked by the services."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from suban.identity.queries import find_username_by_phone
from suban.identity.rules import looks_like_phone


class SignInForm(LoginForm):  # type: ignore[misc]
    """Account name or mobile number, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label="用户名或手机号",
            max_length=64,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        )
        self.fields["password"] = forms.CharField(
            label="密码",
            max_length=128,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        """Return the account name; a mobile number is looked up, one that nobody has stays what it is."""
        login = self.cleaned_data["login"].strip().lower()
        if looks_like_phone(login):
            return find_username_by_phone(login) or login
        return str(login)


class RegisterForm(forms.Form):
    """What a person gives to open an account."""

    name = forms.CharField(
        label="姓名",
        max_length=60,
        help_text="与身份证一致。",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    citizen_id = forms.CharField(
        label="公民身份号码",
        max_length=18,
        help_text="18 位，最后一位可能是 X。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label="手机号码",
        max_length=20,
        help_text="用于登录和接收通知。",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    username = forms.CharField(
        label="用户名",
        max_length=64,
        help_text="以字母开头的小写字母和数字，至少 3 位。",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="密码",
        max_length=128,
        strip=False,
        help_text="至少 10 位，不能全是数字。",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输一次密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

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

    phone = forms.CharField(
        label="手机号码",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.CharField(
        label="电子邮箱",
        max_length=120,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = forms.CharField(
        label="联系地址",
        max_length=200,
        required=False,
        help_text="结果寄送的默认地址。",
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
