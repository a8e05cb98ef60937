"""`make screenshots`: plays the registration and photographs its best pages into docs/images."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright
from tests.journeys.clicks.applying import Applicant, apply_for_registration
from tests.journeys.clicks.looks import Looks
from tests.journeys.clicks.office import enter_office, find_drawn_examiner
from tests.journeys.clicks.papers import Papers, make_papers
from tests.journeys.clicks.site import Site, running_site
from tests.journeys.clicks.town import Town

IMAGES: Final = Path(__file__).resolve().parents[2] / "docs" / "images"
LARGEST: Final = 300_000
PHONE: Final = 390


def main() -> None:
    """Make all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "no Chromium: apt-get install chromium"
    with tempfile.TemporaryDirectory() as name, running_site(Path(name)) as site, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        photograph_all(site, browser, Path(name))
        browser.close()


def photograph_all(site: Site, browser: Browser, folder: Path) -> None:
    """Walk through the site, camera in hand."""
    town = Town(browser, site, Looks(site.url, blind=True))
    town.looks.look = lambda *_: None
    papers = make_papers(browser, folder)
    for width in (1440, PHONE):
        shoot(town.visit(width=width, path="/"), f"home-{width}")
        shoot(town.visit(width=width, path=f"/matters/{site.accounts['matter']}"), f"guide-{width}")
    number = _apply(town, papers)
    _handle(town, number)
    _receive(town, number, folder)


def shoot(page: Page, name: str) -> None:
    """Take a picture of what the screen shows."""
    page.wait_for_load_state("networkidle")
    file = IMAGES / f"{name}.png"
    page.screenshot(path=file)
    assert file.stat().st_size < LARGEST, file
    sys.stdout.write(f"{file.relative_to(IMAGES.parents[1])}\n")


def _apply(town: Town, papers: Papers) -> str:
    applicant = apply_for_registration(town, papers, width=PHONE)
    applicant.page.reload()
    applicant.card("identity_proof").scroll_into_view_if_needed()
    applicant.page.evaluate("window.scrollTo(0, 0)")
    shoot(applicant.page, "apply-materials-390")
    return applicant.submit()


def _handle(town: Town, number: str) -> None:
    clerk = enter_office(town, "clerk")
    clerk.page.goto("/workbench/?view=open")
    shoot(clerk.page, "workbench-list-1440")
    clerk.open_case(number)
    shoot(clerk.page, "workbench-case-1440")
    clerk.accept()
    examiner = find_drawn_examiner(town, number)
    examiner.open_case(number, view="mine")
    examiner.examine("材料齐全，与登记库一致，符合首次注册的条件。")
    decider = enter_office(town, "decider")
    decider.open_case(number)
    decider.grant()


def _receive(town: Town, number: str, folder: Path) -> None:
    applicant = Applicant(town.visit("applicant", width=PHONE), town)
    applicant.open_case(number)
    result = applicant.page.get_by_role("link", name="查看和下载")
    applicant.wait_for(lambda: result.count() > 0, what="the licence")
    shoot(applicant.page, "tracking-390")
    address = result.get_attribute("href")
    licence = folder / "licence.pdf"
    licence.write_bytes(applicant.page.request.get(f"{address}/file").body())
    picture = ["pdftoppm", "-png", "-singlefile", "-scale-to", "900", licence, IMAGES / "licence"]
    subprocess.run(picture, check=True)


if __name__ == "__main__":
    main()
