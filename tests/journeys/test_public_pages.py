"""The public pages as people get them: from a running site, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "path", ["/", "/matters", "/organs", "/track", "/account/sign-in", "/accessibility", "/privacy"]
)
def test_a_public_page_opens_and_axe_finds_nothing(
    path: str, site: str, page: Page, assert_accessible: Callable[[Page], None]
) -> None:
    answer = page.goto(f"{site}{path}")

    assert answer is not None
    assert answer.status == 200
    assert page.locator("h1").count() == 1
    assert_accessible(page)


@pytest.mark.parametrize(
    "path", ["/", "/matters", "/organs", "/track", "/account/sign-in", "/accessibility", "/privacy"]
)
def test_no_page_is_wider_than_its_screen(path: str, site: str, page: Page) -> None:
    page.goto(f"{site}{path}")

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
