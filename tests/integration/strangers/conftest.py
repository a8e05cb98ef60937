"""One case that went all the way, and everybody who has nothing to do with it."""

from collections.abc import Iterator
from typing import Final

import pytest
import time_machine
from tests.integration.cases.conftest import (
    AT,
    FakeEms,
    Office,
    applicant,
    clerk,
    decider,
    dispatcher,
    employer,
    ems,
    filled,
    office,
    province,
    registers,
    sign_in,
    work,
)

from suban.cases.models import Case, CaseLetter, CaseMaterial, Confirmation
from suban.demo.loading import MATTER
from suban.demo.people import ORGAN
from suban.foundation.queries.evidence import list_events
from suban.notices.queries import list_inbox

__all__ = [
    "FakeEms",
    "Office",
    "applicant",
    "clerk",
    "decider",
    "dispatcher",
    "employer",
    "ems",
    "filled",
    "office",
    "province",
    "registers",
    "sign_in",
    "work",
]

# Parameters whose value is nobody's secret.
COMMON: Final = {
    "code": MATTER,
    "uscc": ORGAN,
    "slot": "photo",
    "step": "examine",
    "what": "remove",
    "view": "open",
}


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture
def case(office: Office, ems: FakeEms) -> Case:
    """A case of a person with everything in it: materials, letters, confirmation, licence, parcel."""
    office.issue()
    office.dispatch()
    return office.row


@pytest.fixture
def values(case: Case) -> dict[str, dict[str, str]]:
    """What to put into the parameters: by the place of the address, because `key` is many things."""
    material = CaseMaterial.objects.filter(case=case, kind="upload").first()
    letter = CaseLetter.objects.filter(case=case).exclude(file_id="").first()
    confirmation = Confirmation.objects.get(case=case)
    results = [event.data["result"] for event in list_events(f"case:{case.number}") if "result" in event.data]
    licence = str(results[0]).removeprefix("licence:")
    assert material
    assert letter
    common = {
        **COMMON,
        "number": case.number,
        "notice": list_inbox(case.party).items[0].notice,
        "identifier": licence,
        "licence_id": licence,
        "letter": "1",
        # What a department's system was told: the case itself is looked up first.
        "ref": "0" * 32,
        "message": "1",
        # Whoever knows a scan's link may use it; this one leads nowhere.
        "token": "nothing",
        "page": "1",
    }
    return {
        "letters/": {**common, "key": letter.key},
        "confirmations/": {**common, "key": confirmation.key},
        "form/": {**common, "key": "employer"},
        "": {**common, "key": material.key},
    }
