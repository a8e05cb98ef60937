"""One site, one browser and one town for all journeys."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.journeys.clicks.looks import Looks
from tests.journeys.clicks.papers import Papers, make_papers
from tests.journeys.clicks.site import Site, running_site
from tests.journeys.clicks.town import Town


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return a running site with the demo's data."""
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the machine's own Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "no Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def papers(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """Return the materials of the applicant."""
    return make_papers(chromium, tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="session")
def everybody(site: Site, chromium: Browser) -> Town:
    """Return the town, whose people stay signed in from test to test."""
    return Town(chromium, site, Looks(site.url))


@pytest.fixture
def town(everybody: Town) -> Iterator[Town]:
    """Return the town; its browsers are closed afterwards, and every page must have been good."""
    yield everybody
    everybody.close()
    everybody.looks.assert_good()


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Return where a person keeps what they download."""
    return tmp_path
