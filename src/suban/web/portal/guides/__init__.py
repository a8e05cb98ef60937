"""A matter's definition in the words of its guide (办事指南)."""

from suban.web.portal.guides.deadlines import PromiseView, promise_view
from suban.web.portal.guides.materials import MaterialCard, material_card, material_cards
from suban.web.portal.guides.page import guide_page
from suban.web.portal.guides.words import (
    PAUSE_WORDS,
    TARGET_WORDS,
    badge_line,
    card_badges,
    element_rows,
    say_days,
)

__all__ = [
    "PAUSE_WORDS",
    "TARGET_WORDS",
    "MaterialCard",
    "PromiseView",
    "badge_line",
    "card_badges",
    "element_rows",
    "guide_page",
    "material_card",
    "material_cards",
    "promise_view",
    "say_days",
]
