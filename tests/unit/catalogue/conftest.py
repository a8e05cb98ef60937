"""The two definitions that come with Suban, for tests of the rules."""

import pytest

from suban.catalogue.services.shipped import load_shipped_matter
from suban.catalogue.types import MatterDefinition


@pytest.fixture(scope="session")
def yaoshi() -> MatterDefinition:
    """The licence."""
    return load_shipped_matter("yaoshi")


@pytest.fixture(scope="session")
def beian() -> MatterDefinition:
    """The filing."""
    return load_shipped_matter("beian")


@pytest.fixture
def pharmacist_answers() -> dict[str, object]:
    """Complete answers of a made-up pharmacist."""
    return {
        "name": "示例药师甲",
        "sex": "female",
        "nation": "汉族",
        "birth_date": "1982-03-15",
        "citizen_id": "329900198203150024",
        "phone": "13800000000",
        "mail_address": "江苏省镇江市示例区演示路 1 号",
        "education": "bachelor",
        "school": "示例大学",
        "major": "药学",
        "graduated_on": "2004-06-30",
        "certificate_number": "ZY00000000000001",
        "certificate_issued_on": "2025-12-20",
        "certificate_category": "1",
        "category": "1",
        "scope": "2",
        "practice_region": "320000",
        "employer_name": "镇江示例大药房有限公司",
        "employer_uscc": "91321102MA1ABMR0X6",
        "employer_kind": "retail",
        "employer_licence_number": "苏DA5110000",
        "employer_address": "江苏省镇江市示例区演示路 8 号",
        "post": "处方审核",
        "health_checked_on": "2026-02-01",
    }
