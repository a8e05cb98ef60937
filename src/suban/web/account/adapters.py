"""How allauth signs people in here: Chinese words, no signals about who exists, the right first page."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from suban.identity.queries import get_actor
from suban.kernel.clock import now
from suban.web.ui.context import address

WRONG = "用户名（手机号）或密码不正确，请检查后重试。"
WAIT = "登录失败次数过多，为保护账户请 5 分钟后再试；忘记密码请携带身份证到政务服务窗口重置。"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Our answers to allauth's questions."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "too_many_login_attempts": WAIT,
        "account_inactive": "账户已停用。",
        "rate_limited": "操作太频繁，请稍后再试。",
    }

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the page after sign-in shows who is signed in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Refuse allauth's own registration: a person registers with an identity number."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the desk of staff, the space of everybody else."""
        user_id = request.user.pk
        is_staff = user_id is not None and get_actor(user_id, at=now()).is_staff
        return address("workbench:home" if is_staff else "portal:space") or "/"

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:  # noqa: ARG002
        """Answer whoever knows the password of a closed account."""
        return HttpResponseRedirect(reverse("account:closed"))
