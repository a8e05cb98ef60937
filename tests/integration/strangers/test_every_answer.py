"""What holds for every page: nothing is done for another site, and every answer tells the browser to be careful."""

from typing import Final

import pytest
from django.test import Client
from tests.integration.strangers.addresses import ADDRESSES, read, values_for

from suban.cases.models import Case
from suban.identity.models import User

# Asked by machines, which send a token or a signature in every request and no cookie.
MACHINES: Final = ("api/", "healthz")
HEADERS: Final = {
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"DENY"},
    "Referrer-Policy": {"same-origin", "no-referrer"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
}
# Shown beside the form, in a frame of the officer's own page.
FRAMED: Final = ("workbench/cases/<str:number>/materials/", "workbench/cases/<str:number>/letters/")


@pytest.mark.parametrize("username", ["yaoshi", "shouli", "guanli"])
def test_another_sites_form_does_nothing_here(
    username: str, case: Case, values: dict[str, dict[str, str]]
) -> None:
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(User.objects.get(username=username))

    done = {
        address.pattern: answer.status_code
        for address in ADDRESSES
        if not address.pattern.startswith(MACHINES)
        for answer in [browser.post(address.fill(values_for(address, values)), {"answer": "yes"})]
        if answer.status_code != 403
    }

    assert done == {}


@pytest.mark.parametrize("username", ["", "yaoshi", "shouli"])
def test_every_answer_says_what_the_browser_may_do(
    username: str, case: Case, values: dict[str, dict[str, str]]
) -> None:
    browser = Client(raise_request_exception=False)
    if username:
        browser.force_login(User.objects.get(username=username))

    lacking = {}
    for address in ADDRESSES:
        answer = browser.get(address.fill(values_for(address, values)))
        missing = [name for name, known in HEADERS.items() if answer.headers.get(name) not in known]
        if address.pattern.startswith(FRAMED) and answer.headers.get("X-Frame-Options") == "SAMEORIGIN":
            missing.remove("X-Frame-Options")
        policy = answer.headers.get("Content-Security-Policy", "")
        if "unsafe" in policy or not ("frame-ancestors 'none'" in policy or "sandbox" in policy):
            missing.append("Content-Security-Policy")
        read(answer)
        if missing:
            lacking[address.pattern] = missing

    assert lacking == {}
