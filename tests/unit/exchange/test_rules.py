"""What may be asked, and which answers can be relied on."""

import pytest

from suban.exchange import rules
from suban.exchange.errors import PurposeMissingError, QueryIncompleteError, UnknownResourceError
from suban.exchange.queries import get_resource, list_resources
from suban.exchange.types import Resource

CITIZEN = "329900198203150024"
RESOURCE = Resource.model_validate(
    {
        "key": "identity",
        "code": "101001/000001",
        "service": "s",
        "name": "人口基础信息",
        "provider": "公安机关",
        "sharing": "有条件共享",
        "query": [
            {"name": "citizen_id", "label": "公民身份号码"},
            {"name": "name", "label": "姓名", "required": False},
        ],
        "fields": [
            {"name": "citizen_id", "label": "公民身份号码"},
            {"name": "name", "label": "姓名"},
            {"name": "nation", "label": "民族", "required": False},
        ],
        "echoes": ["citizen_id", "name"],
    }
)


@pytest.mark.parametrize("missing", ["purpose", "case", "by"])
def test_a_call_says_what_for_in_which_case_and_by_whom(missing):
    said = {"purpose": "核验申请人身份", "case": "case:1", "by": "system:suban"} | {missing: "  "}

    with pytest.raises(PurposeMissingError):
        rules.check_purpose(**said)


def test_a_query_without_a_required_field_is_refused_by_its_label():
    with pytest.raises(QueryIncompleteError, match="公民身份号码"):
        rules.check_query(RESOURCE, {"name": "示例"})


def test_a_query_with_an_unknown_field_is_refused():
    with pytest.raises(QueryIncompleteError, match="phone"):
        rules.check_query(RESOURCE, {"citizen_id": CITIZEN, "phone": "1"})


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param({"citizen_id": CITIZEN, "name": "示例"}, True, id="complete"),
        pytest.param(
            {"citizen_id": CITIZEN, "name": "示例", "nation": None}, True, id="optional may be missing"
        ),
        pytest.param({"citizen_id": CITIZEN}, False, id="a required field is missing"),
        pytest.param({"citizen_id": CITIZEN, "name": ""}, False, id="a required field is empty"),
        pytest.param({"citizen_id": CITIZEN, "name": 7}, False, id="a required field is no text"),
        pytest.param({"citizen_id": "440524188001010014", "name": "示例"}, False, id="somebody else"),
        pytest.param({"citizen_id": CITIZEN, "name": "别人"}, False, id="another name than asked"),
    ],
)
def test_which_answers_can_be_relied_on(answer, expected):
    assert rules.is_reliable(RESOURCE, {"citizen_id": CITIZEN, "name": "示例"}, answer) is expected


def test_what_nobody_asked_for_is_not_kept():
    kept = rules.only_known_fields(
        RESOURCE, {"citizen_id": CITIZEN, "name": "示例", "religion": "x", "nation": None}
    )

    assert kept == {"citizen_id": CITIZEN, "name": "示例", "nation": ""}


def test_an_answer_is_kept_for_the_company_or_the_case():
    assert rules.default_subject({"uscc": "91321102MA1ABMR0X6"}, "case:1") == "company:91321102MA1ABMR0X6"
    assert rules.default_subject({"citizen_id": CITIZEN}, "case:1") == "case:1"


def test_the_catalogue_of_resources_is_whole():
    assert {resource.key for resource in list_resources()} >= {
        "identity",
        "professional_certificate",
        "business_licence",
        "drug_licence",
    }
    for resource in list_resources():
        names = {field.name for field in resource.fields}
        assert set(resource.echoes) <= names & {field.name for field in resource.query}


def test_an_unknown_resource_is_named_in_the_refusal():
    with pytest.raises(UnknownResourceError, match="moon_register"):
        get_resource("moon_register")
