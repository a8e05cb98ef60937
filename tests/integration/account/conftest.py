"""One person with a company, one clerk."""

from datetime import UTC, datetime

import pytest

from suban.identity import services
from suban.identity.types import SYSTEM, MemberRole, Role

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PASSWORD = "a-test-password-1"
CITIZEN_ID = "329900198203150024"
COMPANY = "91321102MA1ABMR0X6"
ORGAN = "11321100MB0AAM0125"


@pytest.fixture
def person(db):
    ref = services.register_person(name="测试人", citizen_id=CITIZEN_ID, phone="13800000001", at=AT)
    services.create_login(username="someone", password=PASSWORD, person=ref, at=AT)
    return ref


@pytest.fixture
def company(person):
    ref = services.register_company(
        uscc=COMPANY, name="演示药房有限公司", legal_representative="测试人", at=AT
    )
    services.add_company_member(company=ref, person=person, role=MemberRole.LEGAL_REPRESENTATIVE, at=AT)
    return ref


@pytest.fixture
def clerk(db):
    services.register_organ(
        uscc=ORGAN, name="演示市食药监局", short_name="演食药监", level="3", region_code="321100", at=AT
    )
    ref = services.create_staff(
        username="clerk", password=PASSWORD, name="演示员", organ=ORGAN, post="窗口", at=AT
    )
    services.grant_role(staff=ref, role=Role.CLERK, organ=ORGAN, by=SYSTEM, at=AT)
    return ref


@pytest.fixture
def sign_in(client):
    """Return a function that signs in through the page and gives its answer."""

    def go(login: str = "someone", password: str = PASSWORD, **more: str):
        return client.post("/account/sign-in", {"login": login, "password": password, **more})

    return go
