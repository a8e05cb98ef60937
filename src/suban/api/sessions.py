"""Signing in for programs: a password becomes a short-lived token, under the throttle of the sign-in page."""

from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume
from django import forms
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables
from ninja import Router
from pydantic import Field

from suban.api.errors import NotProvenError, TooManyAttemptsError
from suban.api.gates import PUBLIC, SIGNED_IN, ApiRequest
from suban.api.schemas import Answer, Input, Line
from suban.identity.queries import find_username_by_phone, list_companies_of
from suban.identity.rules import looks_like_phone
from suban.identity.services import issue_token, revoke_token
from suban.identity.types import Actor
from suban.kernel.clock import now

router = Router(tags=["登录"])


class Credentials(Input):
    """Account name or mobile number, password, and for whom to act."""

    username: Line = Field(max_length=64)
    password: Line = Field(max_length=128)
    on_behalf_of: str = Field(
        default="",
        pattern=r"^(company:[0-9A-HJ-NPQRTUWXY]{18})?$",
        description="company:统一社会信用代码，代表企业办理时填写",
    )


class ActorOut(Answer):
    """Who is signed in."""

    ref: str
    name: str
    on_behalf_of: str
    realname_level: int
    roles: list[str]


class SessionOut(Answer):
    """A token and who it stands for; the token is shown this once."""

    token: str
    expires_at: datetime
    actor: ActorOut


class CompanyOut(Answer):
    """A company that one may act for."""

    ref: str
    uscc: str
    name: str
    role: str


@router.post("/session", auth=None, response={201: SessionOut}, openapi_extra={**PUBLIC}, summary="登录")
@sensitive_variables("credentials")
def sign_in(request: HttpRequest, credentials: Credentials) -> SessionOut:
    """Prove a password; the token lives 12 hours and ends with the password."""
    user_id = _prove(request, credentials)
    issued = issue_token(user_id=user_id, on_behalf_of=credentials.on_behalf_of, at=now())
    return SessionOut(token=issued.token, expires_at=issued.expires_at, actor=_actor(issued.actor))


@router.get("/session", auth=SIGNED_IN, response=ActorOut, summary="我是谁")
def who_am_i(request: ApiRequest) -> ActorOut:
    """Return who is signed in, for whom, with which roles."""
    return _actor(request.auth)


@router.delete("/session", auth=SIGNED_IN, response={204: None}, summary="退出")
def sign_out(request: ApiRequest) -> None:
    """End the token of this call; a session of the site is ended on its own page."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        revoke_token(token=token, at=now())


@router.get("/session/companies", auth=SIGNED_IN, response=list[CompanyOut], summary="我能代表的企业")
def my_companies(request: ApiRequest) -> list[CompanyOut]:
    """Return the companies that the signed-in person may act for."""
    return [CompanyOut.model_validate(view) for view in list_companies_of(request.auth.ref, at=now())]


@sensitive_variables("credentials")
def _prove(request: HttpRequest, credentials: Credentials) -> int:
    if not consume(request, action="login"):
        raise TooManyAttemptsError("登录太频繁，请稍后再试。")
    name = credentials.username.strip().lower()
    if looks_like_phone(name):
        name = find_username_by_phone(name) or name
    try:
        user = get_adapter(request).authenticate(request, username=name, password=credentials.password)
    except forms.ValidationError as throttled:
        words = "登录失败次数过多，为保护账户请 5 分钟后再试。"
        raise TooManyAttemptsError(words) from throttled
    if user is None:
        raise NotProvenError("用户名（手机号）或密码不正确，请检查后重试。")
    key: int = user.pk
    return key


def _actor(actor: Actor) -> ActorOut:
    return ActorOut(
        ref=actor.ref,
        name=actor.name,
        on_behalf_of=actor.on_behalf_of,
        realname_level=actor.realname_level,
        roles=sorted(actor.roles),
    )
