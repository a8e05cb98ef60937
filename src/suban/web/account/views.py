"""Pages of the account: in, out, for whom, own details, who looked at them."""

from typing import Any

from allauth.account.views import LoginView
from allauth.core.ratelimit import consume
from allauth.decorators import rate_limit
from django import forms
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from suban.identity.queries import list_companies_of, read_person
from suban.identity.services import update_contact
from suban.identity.types import RealnameLevel
from suban.kernel.clock import now
from suban.kernel.errors import DomainError
from suban.web.account.forms import ContactForm, RegisterForm, SignInForm
from suban.web.account.gates import applicant_required, public_page, sign_in_required
from suban.web.account.presentation import list_read_lines, mask_person
from suban.web.account.realname import (
    NOT_PROVEN,
    NOT_PROVEN_AGAIN,
    REGISTER_DOWN,
    Proof,
    prove_again,
    register_proven,
)
from suban.web.account.requests import ACTING_FOR, ActorRequest
from suban.web.ui.errors import error_page
from suban.web.ui.views import safe_next

FORM_METHODS = ("GET", "HEAD", "POST")
LONGEST_CURSOR = 18


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SignInView(LoginView):  # type: ignore[misc]
    """allauth's sign-in, throttled by it, in our own page."""

    form_class = SignInForm
    template_name = "account/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form and where to go afterwards; allauth's own extras aren't offered here."""
        return {"form": kwargs.get("form") or self.get_form(), "next": safe_next(self.request, default="")}


sign_in = public_page(SignInView.as_view())


@public_page
@require_http_methods(FORM_METHODS)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave by POST only: a link on another site must not sign anybody out."""
    if request.method == "POST":
        logout(request)
        return redirect("/")
    return render(request, "account/sign_out.html")


@public_page
def closed(request: HttpRequest) -> HttpResponse:
    """Tell whoever knows its password that the account was closed."""
    return render(request, "account/closed.html", status=403)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer who tries too often; nothing is said about the account."""
    return error_page(request, 429)


@public_page
@require_http_methods(FORM_METHODS)
@sensitive_post_parameters()
@never_cache
@rate_limit(action="signup")  # type: ignore[untyped-decorator]
def register(request: HttpRequest) -> HttpResponse:
    """Open an account for a natural person."""
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {
            key: form.cleaned_data[key] for key in ("name", "citizen_id", "phone", "username", "password")
        }
        # Nobody may try one name after the other on somebody's number.
        if not consume(request, action="signup_number", key=given["citizen_id"]):
            return error_page(request, 429)
        if _register(request, form, given):
            return redirect("account:sign_in")
    return render(request, "account/register.html", {"form": form})


def _register(request: HttpRequest, form: forms.Form, given: dict[str, str]) -> bool:
    try:
        proof = register_proven(**given, at=now())
    except DomainError as refusal:
        _explain(form, refusal)
        return False
    if proof is Proof.REFUTED:
        form.add_error(None, NOT_PROVEN)
        return False
    if proof is Proof.PROVEN:
        messages.success(request, "注册成功，实名核验已通过，请登录。")
    else:
        messages.warning(request, f"注册成功，请登录。{REGISTER_DOWN}")
    return True


@applicant_required
@require_http_methods(FORM_METHODS)
def switch(request: ActorRequest) -> HttpResponse:
    """Choose for whom to act; anything but one's own mandates is refused."""
    companies = list_companies_of(request.actor.ref, at=now())
    if request.method != "POST":
        context = {"companies": companies, "actor": request.actor, "next": safe_next(request)}
        return render(request, "account/switch.html", context)
    chosen = request.POST.get("party", "")
    if chosen and chosen not in {company.ref for company in companies}:
        return error_page(request, 403)
    request.session.pop(ACTING_FOR, None)
    if chosen:
        request.session[ACTING_FOR] = chosen
    return redirect(safe_next(request))


@applicant_required
def me(request: ActorRequest) -> HttpResponse:
    """Show what is stored about oneself, masked: somebody may look over the shoulder."""
    person = read_person(person=request.actor.ref, by=request.actor, purpose="本人查看", at=now())
    context = {
        "person": mask_person(person),
        "actor": request.actor,
        "companies": list_companies_of(request.actor.ref, at=now()),
        "is_proven": request.actor.realname_level >= RealnameLevel.COMPARED,
    }
    return render(request, "account/me.html", context)


@applicant_required
@require_POST
def realname(request: ActorRequest) -> HttpResponse:
    """Compare one's name and number with the register once more."""
    if request.actor.realname_level >= RealnameLevel.COMPARED:
        return redirect("account:me")
    if not consume(request, action="realname", key=request.actor.ref):
        return error_page(request, 429)
    proof = prove_again(actor=request.actor, at=now())
    if proof is Proof.PROVEN:
        messages.success(request, "实名核验已通过，可以办事了。")
    else:
        messages.warning(request, NOT_PROVEN_AGAIN if proof is Proof.REFUTED else REGISTER_DOWN)
    return redirect("account:me")


@applicant_required
@require_http_methods(FORM_METHODS)
def contact(request: ActorRequest) -> HttpResponse:
    """Change telephone, e-mail, address."""
    form = ContactForm(request.POST or None, initial=_contact_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            update_contact(person=request.actor.ref, **form.cleaned_data)
        except DomainError as refusal:
            _explain(form, refusal)
        else:
            messages.success(request, "联系方式已保存。")
            return redirect("account:me")
    return render(request, "account/contact.html", {"form": form})


@applicant_required
def reads(request: ActorRequest) -> HttpResponse:
    """Show who looked at one's data, when and why."""
    cursor = request.GET.get("before", "")
    before = int(cursor) if cursor.isdecimal() and len(cursor) <= LONGEST_CURSOR else None
    page = list_read_lines(request.actor.ref, before)
    return render(request, "account/reads.html", {"lines": page.lines, "pages": page.links})


@sign_in_required
@require_http_methods(FORM_METHODS)
@sensitive_post_parameters()
@rate_limit(action="change_password")  # type: ignore[untyped-decorator]
def password(request: ActorRequest) -> HttpResponse:
    """Change one's own password; other sessions end."""
    if not request.user.is_authenticated:  # the gate has seen to it; this tells the type checker
        raise PermissionDenied
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, "密码已修改，其他设备上的登录已退出。")
        return redirect("account:password")
    return render(request, "account/password.html", {"form": form})


def _contact_of(request: ActorRequest) -> dict[str, str]:
    if request.method == "POST":
        return {}
    person = read_person(person=request.actor.ref, by=request.actor, purpose="本人修改联系方式", at=now())
    return {"phone": person.phone, "email": person.email, "address": person.address}


def _explain(form: forms.Form, refusal: DomainError) -> None:
    field = str(refusal.fields.get("field") or refusal.fields.get("kind") or "")
    form.add_error(field if field in form.fields else None, refusal.message)
