"""Every look-up leaves evidence: what for, in which case, by whom, with what outcome."""

from datetime import UTC, datetime

import pytest

from suban.exchange import ports
from suban.exchange.errors import (
    PurposeMissingError,
    QueryIncompleteError,
    RegisterDownError,
    UnknownResourceError,
)
from suban.exchange.models import RegisterCall
from suban.exchange.queries import find_held, list_calls, list_calls_about
from suban.exchange.services import look_up
from suban.exchange.types import Outcome
from suban.foundation.services.sealing import unseal
from suban.kernel.canonical import canonical_json, digest

AT = datetime(2017, 10, 17, 1, 0, tzinfo=UTC)
CITIZEN = "329900198203150024"
USCC = "91321102MA1ABMR0X6"
COMPANY = {
    "uscc": USCC,
    "name": "镇江示例大药房有限公司",
    "legal_representative": "示例法人乙",
    "kind": "有限责任公司",
    "address": "江苏省镇江市示例区演示路8号",
    "established_on": "2016-05-10",
    "expires_on": "",
    "scope": "药品零售",
    "status": "存续",
}


class Register:
    """Plays a register: answers `data`, or raises."""

    def __init__(self, data=None, reason="") -> None:
        self.data, self.reason, self.asked = data, reason, []

    def ask(self, *, resource, query, purpose, case):
        self.asked.append((resource.key, dict(query), purpose, case))
        if self.reason:
            raise RegisterDownError(
                resource=resource.key, name=resource.name, provider=resource.provider, reason=self.reason
            )
        return self.data


@pytest.fixture
def register():
    with ports.register_client.plugged(Register(COMPANY)) as register:
        yield register


def ask(**changed):
    given = {
        "resource": "business_licence",
        "query": {"uscc": USCC},
        "purpose": "核验执业单位",
        "case": "case:1",
        "by": "system:suban",
        "at": AT,
    }
    return look_up(**(given | changed))


@pytest.mark.django_db
def test_what_is_held_comes_back_with_source_and_time(register):
    register.data = COMPANY | {"secret_remark": "nobody asked for this"}

    held = ask()

    assert held is not None
    assert (held.resource, held.name, held.source, held.fetched_at) == (
        "business_licence",
        "营业执照信息",
        "市场监督管理部门",
        AT,
    )
    assert held.data == COMPANY
    assert held.digest == digest(canonical_json(COMPANY))


@pytest.mark.django_db
def test_a_call_is_evidence_and_its_answer_is_sealed(register):
    held = ask(subject="person:ab")

    (call,) = list_calls("case:1")
    row = RegisterCall.objects.get()
    assert (call.call_id, call.purpose, call.by, call.called_at, call.outcome) == (
        held.call_id,
        "核验执业单位",
        "system:suban",
        AT,
        Outcome.FOUND,
    )
    assert call.digest == held.digest
    assert USCC.encode() not in bytes(row.sealed_answer) + bytes(row.sealed_query)
    assert "大药房" in unseal(subject="person:ab", sealed=bytes(row.sealed_answer))
    assert [view.call_id for view in list_calls_about("person:ab")] == [held.call_id]


@pytest.mark.django_db
def test_a_register_that_holds_nothing_is_evidence_too(register):
    register.data = None

    assert ask() is None
    (call,) = list_calls("case:1")
    assert (call.outcome, call.digest, call.reason) == (Outcome.ABSENT, "", "")


@pytest.mark.django_db
def test_a_register_that_is_down_is_named_in_chinese_and_recorded(register):
    register.reason = "timeout"

    with pytest.raises(RegisterDownError) as refusal:
        ask()

    assert refusal.value.code == "exchange.register_down"
    assert "市场监督管理部门" in refusal.value.message
    assert "上传" in refusal.value.message
    (call,) = list_calls("case:1")
    assert (call.outcome, call.reason) == (Outcome.DOWN, "timeout")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({}, id="empty"),
        pytest.param(COMPANY | {"name": None}, id="a required field is null"),
        pytest.param(COMPANY | {"uscc": "11310000MB2F30661Y"}, id="another company"),
    ],
)
def test_an_answer_that_cannot_be_relied_on_counts_as_down(register, answer):
    register.data = answer

    with pytest.raises(RegisterDownError):
        ask()

    assert [call.reason for call in list_calls("case:1")] == ["malformed"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"resource": "moon"}, UnknownResourceError),
        ({"query": {}}, QueryIncompleteError),
        ({"query": {"uscc": USCC, "phone": "1"}}, QueryIncompleteError),
        ({"purpose": ""}, PurposeMissingError),
        ({"case": ""}, PurposeMissingError),
        ({"by": ""}, PurposeMissingError),
    ],
)
def test_a_wrong_question_never_leaves_the_house(register, changed, refusal):
    with pytest.raises(refusal):
        ask(**changed)

    assert register.asked == []
    assert list_calls("case:1") == ()


@pytest.mark.django_db
def test_what_is_held_is_shown_again_without_asking_again(register):
    asked = ask()
    register.asked.clear()

    held = find_held(case="case:1", resource="business_licence", by="staff:1", purpose="审查", at=AT)

    assert held == asked
    assert register.asked == []


@pytest.mark.django_db
def test_a_later_outage_does_not_hide_what_is_held_but_a_later_absence_does(register):
    ask()
    register.reason = "network"
    with pytest.raises(RegisterDownError):
        ask()
    held = find_held(case="case:1", resource="business_licence", by="staff:1", purpose="审查", at=AT)
    assert held is not None

    register.reason, register.data = "", None
    ask()

    assert find_held(case="case:1", resource="business_licence", by="staff:1", purpose="审查", at=AT) is None


@pytest.mark.django_db
def test_another_case_holds_nothing(register):
    ask()

    assert find_held(case="case:2", resource="business_licence", by="staff:1", purpose="审查", at=AT) is None


@pytest.mark.django_db
def test_without_a_platform_people_upload():
    with pytest.raises(RegisterDownError, match="上传"):
        ask()
