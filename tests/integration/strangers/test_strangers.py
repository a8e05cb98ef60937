"""Every address of the site, as somebody who has nothing to do with the case behind it.

The addresses are read from the site itself: one that comes with a new parameter fails here until it is said
what to put in, so that no page is forgotten.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.integration.cases.conftest import AT, PNG
from tests.integration.strangers.addresses import ADDRESSES, Address, body_for, read, values_for

from suban.cases.models import Case, CaseMaterial
from suban.demo.people import APPLICANT
from suban.identity.models import Person, User
from suban.identity.services import add_company_member, issue_token, register_company
from suban.identity.types import MemberRole

OTHER_COMPANY: Final = "91320100MA1DEM0A9A"
# What an address answers to somebody whom it doesn't concern: sign in, not allowed, not here, not so.
REFUSED: Final = frozenset({302, 401, 403, 404, 405})
# Open to everybody, or to whoever was given the link (which has tests of its own).
OPEN: Final = frozenset({"public", "link"})
# Addresses without a case of somebody in them, and why they may answer a stranger.
OWN: Final = {
    "matters/<str:code>/apply": "whoever may apply opens a draft of their own",
    "matters/<str:code>/ask": "whoever may apply may ask; a case named with it must be their own",
    "api/v1/worklists/<view>": "an officer's own list; its content is looked at below",
}


def personal(address: Address) -> bool:
    """Tell whether something of somebody lies behind the address."""
    return bool(address.parameters) and address.permission not in OPEN and address.pattern not in OWN


PERSONAL: Final = [address for address in ADDRESSES if personal(address)]
PAGES: Final = [address for address in PERSONAL if not address.pattern.startswith("api/")]
INTERFACE: Final = [address for address in PERSONAL if address.pattern.startswith("api/")]


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody who comes to pages and interface."""

    browser: Client
    token: str

    def ask(self, method: str, address: Address, values: dict[str, str]) -> Any:
        path = address.fill(values)
        if path.startswith("/api/"):
            told = {"HTTP_AUTHORIZATION": f"Bearer {self.token}"} if self.token else {}
            browser = Client(raise_request_exception=False)
            if method == "POST" and path.endswith("/materials/photo"):
                return browser.post(path, {"file": SimpleUploadedFile("a.png", PNG)}, **told)
            body = json.dumps(body_for(address, method)).encode()
            return browser.generic(method, path, body, "application/json", **told)
        return self.browser.get(path) if method == "GET" else self.browser.post(path, {"seq": "1"})


@pytest.fixture
def strangers(case: Case) -> Callable[[str], Stranger]:
    """Return who makes a stranger by name."""

    def make(who: str) -> Stranger:
        browser = Client(raise_request_exception=False)
        if who == "nobody":
            return Stranger(browser, "")
        username = {"person": "yaodian", "company": "yaodian", "officer": "nanjing", "filing": "beian"}[who]
        user = User.objects.get(username=username)
        browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        company = _open_company(user) if who == "company" else ""
        if company:
            assert browser.post("/account/switch", {"party": company}).status_code == 302
        return Stranger(browser, issue_token(user_id=user.pk, on_behalf_of=company, at=AT).token)

    return make


def _open_company(user: User) -> str:
    company = register_company(
        uscc=OTHER_COMPANY, name="南京示例无关有限公司", legal_representative="周演示", at=AT
    )
    person = Person.objects.get(user=user).ref
    add_company_member(company=company, person=person, role=MemberRole.LEGAL_REPRESENTATIVE, at=AT)
    return company


def test_every_parameter_of_an_address_is_known(values: dict[str, dict[str, str]]) -> None:
    unknown = {
        address.pattern: missing
        for address in ADDRESSES
        if personal(address) and (missing := set(address.parameters) - values_for(address, values).keys())
    }

    assert unknown == {}


@pytest.mark.parametrize("who", ["nobody", "person", "company", "officer", "filing"])
def test_what_is_somebody_elses_is_not_there(
    who: str, case: Case, values: dict[str, dict[str, str]], strangers: Callable[[str], Stranger]
) -> None:
    stranger = strangers(who)
    before = _trace_of(case)

    opened = {
        f"{method} {address.pattern}": answer.status_code
        for address in PERSONAL
        for method in (("GET", "POST", "PUT", "DELETE") if address in INTERFACE else ("GET", "POST"))
        for answer in [stranger.ask(method, address, values_for(address, values))]
        if answer.status_code not in REFUSED or APPLICANT.name in read(answer)
    }

    assert opened == {}
    assert _trace_of(case) == before


@pytest.mark.parametrize("who", ["nobody", "person", "company", "officer", "filing"])
def test_no_list_shows_what_is_somebody_elses(
    who: str, case: Case, strangers: Callable[[str], Stranger]
) -> None:
    stranger = strangers(who)
    lists = [address for address in ADDRESSES if not address.parameters and address.permission]

    shown = {}
    for address in lists:
        answer = stranger.ask("GET", address, {})
        told = read(answer)
        if answer.status_code >= 500 or case.number in told or APPLICANT.name in told:
            shown[address.pattern] = answer.status_code

    assert shown == {}


@pytest.mark.parametrize("username", ["shouli", "shencha", "jueding", "fazheng", "guanli"])
def test_no_address_breaks_for_an_officer(
    username: str, case: Case, values: dict[str, dict[str, str]]
) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(User.objects.get(username=username))

    broken = {
        address.pattern: answer.status_code
        for address in PAGES
        for answer in [browser.get(address.fill(values_for(address, values)))]
        if read(answer) and answer.status_code >= 500
    }

    assert broken == {}


def _trace_of(case: Case) -> tuple[object, ...]:
    """Return what would differ if anybody had done anything to the case."""
    row = Case.objects.get(pk=case.pk)
    lines = CaseMaterial.objects.filter(case=case).values_list("key", "removed_at").order_by("id")
    return (row.seq, row.digest, row.state, tuple(lines))
