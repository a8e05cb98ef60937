"""What is generated is current, and complete."""

from typing import Final

import pytest
from tests.architecture.generate import ROOT, list_messages, list_pages

from suban.config.environment import Environment

PAGES: Final = (
    ".env.example",
    "docs/reference/settings.md",
    "docs/reference/events.md",
    "docs/reference/openapi.json",
)


@pytest.mark.parametrize("page", PAGES)
def test_a_generated_page_is_current(page: str) -> None:
    assert (ROOT / page).read_text() == list_pages()[page], "run `make generate`"


def test_every_page_is_compared() -> None:
    assert set(PAGES) == set(list_pages())


def test_every_setting_says_what_it_means() -> None:
    assert not [name for name, field in Environment.model_fields.items() if not field.description]


def test_every_published_fact_has_its_line() -> None:
    page = (ROOT / "docs/reference/events.md").read_text()
    topics = [kind.topic for kind in list_messages()]

    assert len(topics) > 20
    assert len(topics) == len(set(topics)), "a topic names one fact"
    assert not [topic for topic in topics if f"| `{topic}` | " not in page]


def test_every_fact_says_what_it_means() -> None:
    assert not [
        kind.topic for kind in list_messages() if (kind.__doc__ or "").startswith(f"{kind.__name__}(")
    ]
