"""A parcel came back: the applicant is told on the case's page and corrects the address there."""

import pytest

from suban.cases.models import Case
from suban.cases.queries.applicants import open_case_for
from suban.delivery.models import Parcel
from suban.delivery.services import order_parcel
from suban.delivery.types import ParcelAddress
from suban.identity.models import User
from suban.identity.queries import get_actor
from suban.kernel.clock import now


@pytest.fixture
def sent(applicant, steps, complete: str) -> str:
    """The number of a case with a parcel on its way."""
    steps.submit(applicant, complete)
    row = Case.objects.get(number=complete)
    order_parcel(
        case=f"case:{complete}",
        party=row.party,
        purpose="result",
        sender_organ=row.organ_code,
        recipient=ParcelAddress(name="林示例", phone="13800000001", address="江苏省示例市旧街 1 号"),
        contents="证书",
        at=now(),
    )
    return complete


@pytest.fixture
def returned(sent: str) -> str:
    Parcel.objects.filter(case=f"case:{sent}").update(state="returned", returned_at=now())
    return sent


def typed(**changed: str) -> dict[str, str]:
    good = {
        "recipient": "林示例",
        "recipient_phone": "13800000002",
        "recipient_address": "江苏省示例市新街 9 号",
    }
    return good | changed


def test_while_the_parcel_travels_there_is_nothing_to_correct(applicant, sent: str) -> None:
    assert "核对收件地址" not in applicant.get(f"/me/cases/{sent}").content.decode()
    assert applicant.get(f"/me/cases/{sent}/resending").status_code == 404


def test_the_case_leads_to_the_address_and_keeps_it(applicant, returned: str) -> None:
    page = applicant.get(f"/me/cases/{returned}").content.decode()
    form = applicant.get(f"/me/cases/{returned}/resending").content.decode()
    after = applicant.post(f"/me/cases/{returned}/resending", typed(), follow=True).content.decode()

    assert "还没有送达" in page
    assert f'href="/me/cases/{returned}/resending"' in page
    assert "快递柜" in form
    assert "收件地址已保存" in after
    actor = get_actor(User.objects.get(username="yaoshi").pk)
    kept = open_case_for(actor=actor, number=returned, at=now()).address
    assert (kept.phone, kept.address) == ("13800000002", "江苏省示例市新街 9 号")


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("recipient", "请填写收件人姓名"),
        ("recipient_phone", "请填写 11 位手机号码"),
        ("recipient_address", "请填写完整的收件地址"),
    ],
)
def test_a_wrong_address_is_said_and_nothing_is_lost(applicant, returned: str, field, words) -> None:
    answer = applicant.post(f"/me/cases/{returned}/resending", typed(**{field: ""}))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answer.content.decode().count("13800000002") == (0 if field == "recipient_phone" else 1)


def test_nobody_else_sees_the_address(employer, returned: str) -> None:
    assert employer.get(f"/me/cases/{returned}/resending").status_code == 404
