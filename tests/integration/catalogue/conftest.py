"""A node with the two organs whose matters come with Suban."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from suban.catalogue.queries import forget_versions
from suban.catalogue.services import load_shipped_matter, publish_matter
from suban.identity.services import register_organ

AT = datetime(2026, 3, 15, 2, tzinfo=UTC)
BY = "system:suban"


@pytest.fixture
def organs(db) -> Iterator[None]:
    """Register the two organs."""
    forget_versions()
    register_organ(
        uscc="11321100MB0AAM0125",
        name="镇江市市场监督管理局（演示）",
        short_name="镇市监",
        level="3",
        region_code="321100",
        at=AT,
    )
    register_organ(
        uscc="11321102MB0JK0015X",
        name="镇江市京口区发展和改革局（演示）",
        short_name="京发改",
        level="4",
        region_code="321102",
        at=AT,
    )
    yield
    forget_versions()


@pytest.fixture
def yaoshi(organs):
    """The licence, published."""
    definition = load_shipped_matter("yaoshi")
    publish_matter(definition=definition, by=BY, at=AT, effective_from=date(2026, 3, 1))
    return definition


@pytest.fixture
def beian(organs):
    """The filing, published."""
    definition = load_shipped_matter("beian")
    publish_matter(definition=definition, by=BY, at=AT, effective_from=date(2026, 3, 1))
    return definition
