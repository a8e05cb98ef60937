"""Everybody who takes part, each at a browser of their own."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Browser, Locator, Page, expect
from tests.journeys.clicks.looks import Looks
from tests.journeys.clicks.site import Site

PATIENCE: Final = 30_000
expect.set_options(timeout=PATIENCE)


def follow(target: Locator) -> None:
    """Click what leads to another page, and wait until that is there."""
    with target.page.expect_navigation():
        target.click()


@dataclass(slots=True)
class Town:
    """Opens browsers; somebody who has signed in once stays signed in, as people do."""

    browser: Browser
    site: Site
    looks: Looks
    _sessions: dict[str, Any] = field(default_factory=dict)

    def visit(
        self, role: str = "", *, path: str = "", width: int = 1440, scripts: bool = True, fresh: bool = False
    ) -> Page:
        """Return a page of somebody's browser: nobody's, or a role's that is signed in."""
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport={"width": width, "height": 844 if width < 768 else 900},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
            storage_state=None if fresh else self._sessions.get(role),
        )
        context.set_default_timeout(PATIENCE)
        self.looks.watch(context)
        page = context.new_page()
        if role and (fresh or role not in self._sessions):
            page.goto("/account/sign-in")
            self.sign_in(page, role)
        if path:
            page.goto(path)
        return page

    def sign_in(self, page: Page, role: str) -> None:
        """Sign in on the page that asks for it."""
        username, password = self.site.account(role)
        self.looks.look(page, "sign-in")
        page.get_by_label("用户名").or_(page.locator("[name=login]")).first.fill(username)
        page.locator("[name=password]").fill(password)
        follow(page.get_by_role("button", name="登录", exact=True))
        expect(page).not_to_have_url(re.compile("/account/sign-in"))
        self._sessions[role] = page.context.storage_state()

    def close(self) -> None:
        """Close every browser."""
        for context in list(self.browser.contexts):
            context.close()
