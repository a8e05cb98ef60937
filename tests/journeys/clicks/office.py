"""What officers click."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect
from tests.journeys.clicks.looks import Looks
from tests.journeys.clicks.town import Town, follow


@dataclass(slots=True)
class Officer:
    """An officer at the workbench."""

    page: Page
    town: Town

    @property
    def looks(self) -> Looks:
        """Return who looks at the pages."""
        return self.town.looks

    def open_case(self, number: str, *, view: str = "open") -> None:
        """Find the case in a worklist and open it."""
        self.page.goto(f"/workbench/?view={view}")
        self.looks.look(self.page, f"worklist-{view}")
        follow(self.page.get_by_role("link", name=number))

    def has_case(self, number: str) -> bool:
        """Tell whether the case is among this officer's own."""
        self.page.goto("/workbench/?view=mine")
        return self.page.get_by_role("link", name=number).count() > 0

    def unfold(self, label: str) -> None:
        """Open an act that is done on the page of the case."""
        self.page.locator(".act summary", has_text=label).first.click()

    def accept(self) -> None:
        """Accept the application."""
        self.unfold("受理")
        self.looks.look(self.page, "workbench-case-accept")
        follow(self.page.get_by_role("button", name="确认受理"))

    def examine(self, opinion: str, *, agrees: bool = True) -> None:
        """Give the opinion of the examination."""
        self.page.locator(".act summary").first.click()
        self.page.get_by_label("同意，符合条件" if agrees else "不同意", exact=True).check()
        self.page.locator("textarea[name=opinion]").fill(opinion)
        self.looks.look(self.page, "workbench-case-examine")
        follow(self.page.locator(".act-panel").get_by_role("button"))
        expect(self.page.get_by_text("意见已提交")).to_be_visible()

    def grant(self) -> None:
        """Read the letter and grant."""
        follow(self.page.locator(".act").get_by_role("link", name="准予"))
        self.looks.look(self.page, "workbench-grant")
        follow(self.page.get_by_role("button", name="确认准予并签发"))

    def refuse(self, reasons: str) -> None:
        """Refuse with reasons; without them the page says what is missing."""
        follow(self.page.locator(".act").get_by_role("link", name="不予"))
        follow(self.page.get_by_role("button", name="预览决定书"))
        self.looks.look(self.page, "workbench-refuse-without-reasons")
        self.page.get_by_label("不予许可的理由").fill(reasons)
        follow(self.page.get_by_role("button", name="预览决定书"))
        self.looks.look(self.page, "workbench-refuse-letter")
        follow(self.page.get_by_role("button", name="确认不予许可"))

    def ask_for_correction(self, slot: str, words: str) -> None:
        """Write the notice, read it and send it."""
        follow(self.page.locator(".act").get_by_role("link", name="补正"))
        self.looks.look(self.page, "workbench-correction")
        self.page.locator(f"#tick-{slot}").check()
        self.page.locator(f"#words-{slot}").fill(words)
        self.looks.look(self.page, "workbench-correction-ticked")
        follow(self.page.get_by_role("button", name="预览告知书"))
        expect(self.page.locator(".letter")).to_contain_text(words)
        self.looks.look(self.page, "workbench-correction-letter")
        follow(self.page.get_by_role("button", name="确认发出"))


def enter_office(town: Town, role: str) -> Officer:
    """Return an officer of a role, signed in."""
    return Officer(town.visit(role), town)


def find_drawn_examiner(town: Town, number: str) -> Officer:
    """Return the examiner whom chance gave the case."""
    for role in ("examiner", "examiner2"):
        officer = enter_office(town, role)
        if officer.has_case(number):
            return officer
        officer.page.context.close()
    raise AssertionError(f"nobody was drawn for {number}")
