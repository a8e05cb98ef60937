"""What carriers and gateways report: believed when signed, whatever the order."""

import pytest
from django.test import Client

from suban.delivery import ports as delivery_ports
from suban.delivery.adapters.ems import EmsCarrier
from suban.notices import ports as notice_ports
from suban.notices.adapters import make_sms_gateway

pytestmark = pytest.mark.django_db
CARRIER, SMS = "/api/carrier/callbacks", "/api/notices/sms-receipts"
SIGNED = {"X-Ems-Timestamp": "1", "X-Ems-Nonce": "n" * 16, "X-Ems-Signature": "0" * 64}


@pytest.fixture(autouse=True)
def _partners():
    carrier = EmsCarrier(url="http://ems.test", secret="s3cret")
    gateway = make_sms_gateway("http://sms.test", "suban", "s3cret", "")
    with delivery_ports.carrier.plugged(carrier), notice_ports.sms_gateway.plugged(gateway):
        yield
    gateway.close()


@pytest.mark.parametrize("headers", [{}, SIGNED, {"X-Ems-Signature": "签"}])
@pytest.mark.parametrize("address", [CARRIER, SMS])
def test_a_false_signature_is_refused(address: str, headers: dict[str, str]) -> None:
    answer = Client(enforce_csrf_checks=True).post(address, b"{}", "application/json", headers=headers)

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("address", [CARRIER, SMS])
def test_callbacks_are_posted(address: str) -> None:
    answer = Client().get(address)

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert answer.json()["code"] == "request.method_not_allowed"
