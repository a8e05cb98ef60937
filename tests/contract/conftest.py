"""The demo province behind the interface, and tokens of those who call it."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from tests.integration.cases.conftest import AT, FakeEms, ems, province, registers

from suban.cases.services.drafts import start_case
from suban.demo.loading import MATTER
from suban.identity.models import User
from suban.identity.queries import get_actor
from suban.identity.services import issue_token

__all__ = ["FakeEms", "ems", "province", "registers"]


@pytest.fixture
def token_for(province: None) -> Iterator[Callable[[str], str]]:
    """Return who gives the token of whoever an endpoint is for."""

    def give(permission: str) -> str:
        if permission == "public":
            return ""
        username = "shouli" if permission.startswith("staff") else "yaoshi"
        user = User.objects.get(username=username)
        return issue_token(user_id=user.pk, on_behalf_of="", at=AT).token

    with time_machine.travel(AT, tick=True):
        yield give


@pytest.fixture
def number(province: None) -> str:
    """The number of a draft of the applicant."""
    actor = get_actor(User.objects.get(username="yaoshi").pk)
    return start_case(actor=actor, matter_code=MATTER, at=AT)
