"""Lists of matters as pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from suban.catalogue.types import MatterCard
from suban.web.portal.guides import card_badges
from suban.web.ui.presentation import Link, PageLinks

CURSOR: Final = "after"
LONGEST_CURSOR: Final = 64


@dataclass(frozen=True, slots=True)
class MatterItem:
    """One line of a list of matters; `organs` handle it, and with several of them one is chosen first."""

    card: MatterCard
    badges: tuple[str, ...]
    organs: int = 1

    @property
    def url(self) -> str:
        """Where the line leads: the guide, or the organs to choose from."""
        if self.organs == 1:
            return reverse("portal:guide", args=[self.card.code])
        return f"{reverse('portal:search')}?{urlencode({'q': self.card.name})}"


def matter_items(cards: Iterable[MatterCard]) -> list[MatterItem]:
    """Return the cards with their badge lines."""
    return [MatterItem(card, card_badges(card)) for card in cards]


def common_items(kinds: Iterable[tuple[MatterCard, int]]) -> list[MatterItem]:
    """Return what many organs handle, each once."""
    return [MatterItem(card, card_badges(card), organs) for card, organs in kinds]


def read_cursor(query: Mapping[str, str]) -> str:
    """Return where the page starts; nonsense starts at the beginning."""
    cursor = query.get(CURSOR, "")
    return cursor if cursor.isalnum() and len(cursor) <= LONGEST_CURSOR else ""


def page_links(query: Mapping[str, str], next_cursor: str) -> PageLinks:
    """Return the links of a keyset page: onward, and back to the first page."""
    kept = {name: value for name, value in query.items() if name != CURSOR and value}
    first = f"?{urlencode(kept)}" if read_cursor(query) else ""
    onward = f"?{urlencode({**kept, CURSOR: next_cursor})}" if next_cursor else ""
    return PageLinks(previous=first, next=onward)


def way_out(*links: tuple[str, str]) -> tuple[Link, ...]:
    """Return what an empty page offers instead; the hotline always."""
    return (*(Link(text, url) for text, url in links), Link("拨打 12345", "tel:12345"))
