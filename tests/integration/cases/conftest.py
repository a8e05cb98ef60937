"""The demo province in the test database, its registers in a thread, and people to act."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from suban.cases.services.checks import run_checks
from suban.cases.services.confirmations import confirm_material, request_confirmation
from suban.cases.services.drafts import choose_delivery, save_answers, start_case
from suban.cases.services.materials import attach_material, collect_held_materials
from suban.cases.services.results import set_delivery_address
from suban.cases.services.submission import confirm_form
from suban.cases.types import Upload
from suban.catalogue.types import DeliveryChannel
from suban.delivery.types import ParcelAddress
from suban.demo.loading import MATTER, load_demo
from suban.demo.people import ANSWERS, COMPANY
from suban.exchange.adapters import make_register_client
from suban.exchange.ports import register_client
from suban.foundation.services.outbox import run_due
from suban.identity.models import User
from suban.identity.queries import get_actor
from suban.identity.types import Actor
from suban.simulators.registers import Registers
from suban.simulators.server import running

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def registers() -> Iterator[Registers]:
    """The register simulator, answering over HTTP with the demo's records."""
    folder = settings.SUBAN.data / "simulators" / "registers"
    application = Registers(data=folder)
    with running(application) as url:
        client = make_register_client(url, "suban", "demo-app-key")
        with register_client.plugged(client), closing(client):
            yield application


@pytest.fixture
def province(db: None, registers: Registers) -> None:
    """The demo's organs, matters, officers and people."""
    load_demo(data=settings.SUBAN.data, at=AT, say=lambda _: None)


def _sign_in(username: str, on_behalf_of: str = "") -> Actor:
    return get_actor(User.objects.get(username=username).pk, on_behalf_of)


@pytest.fixture
def sign_in(province: None):
    return _sign_in


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def applicant(province: None) -> Actor:
    return _sign_in("yaoshi")


@pytest.fixture
def employer(province: None) -> Actor:
    return _sign_in("yaodian", f"company:{COMPANY}")


@pytest.fixture
def clerk(province: None) -> Actor:
    return _sign_in("shouli")


@pytest.fixture
def decider(province: None) -> Actor:
    return _sign_in("jueding")


@pytest.fixture
def dispatcher(province: None) -> Actor:
    return _sign_in("fazheng")


def answers() -> dict[str, object]:
    yesterday = (AT - timedelta(days=1)).date().isoformat()
    return {name: value.replace("{yesterday}", yesterday) for name, value in ANSWERS.items()}


@pytest.fixture
def work():
    """Let the worker do what is due, until nothing is."""

    def run(at: datetime = AT) -> None:
        for _ in range(20):
            if not run_due(at=at):
                return

    return run


@pytest.fixture
def filled(applicant: Actor, employer: Actor) -> str:
    """The number of a draft with everything in it, not handed in yet."""
    number = start_case(actor=applicant, matter_code=MATTER, at=AT)
    revision = save_answers(actor=applicant, number=number, answers=answers(), at=AT)
    collect_held_materials(actor=applicant, number=number, at=AT)
    for slot, name, content in (("photo", "照片.png", PNG), ("health_proof", "体检.pdf", PDF)):
        attach_material(
            actor=applicant,
            number=number,
            slot=slot,
            upload=Upload(name=name, content=[content]),
            limit=1_000_000,
            at=AT,
        )
    key = request_confirmation(actor=applicant, number=number, slot="employer_consent", at=AT)
    confirm_material(actor=employer, key=key, at=AT)
    confirm_form(actor=applicant, number=number, revision=revision, at=AT)
    choose_delivery(actor=applicant, number=number, way=DeliveryChannel.POST, at=AT)
    address = ParcelAddress(name="林示例", phone="13800000001", address="江苏省镇江市京口区演示路 18 号")
    set_delivery_address(actor=applicant, number=number, address=address, at=AT)
    run_checks(actor=applicant, number=number, at=AT)
    return number
