"""The demo province at a fixed hour, its officers signed in, and a case on their desk."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from suban.cases.queries.staff import open_case_file
from suban.cases.services.checks import run_checks
from suban.cases.services.confirmations import confirm_material, request_confirmation
from suban.cases.services.drafts import choose_delivery, save_answers, start_case
from suban.cases.services.materials import attach_material, collect_held_materials
from suban.cases.services.results import set_delivery_address
from suban.cases.services.submission import confirm_form, submit_case
from suban.cases.types import StaffCase, Upload
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
PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The hour at which everything happens; `move_to` lets days pass."""
    with time_machine.travel(AT) as traveller:
        yield traveller


@pytest.fixture(scope="module")
def registers() -> Iterator[None]:
    """The demo's registers, answering over HTTP."""
    application = Registers(data=settings.SUBAN.data / "simulators" / "registers")
    with running(application) as url:
        client = make_register_client(url, "suban", "demo-app-key")
        with register_client.plugged(client), closing(client):
            yield


@pytest.fixture(scope="module")
def loaded(registers: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The demo and one case handed in: made once for a module's tests, each of which rolls back to it."""
    outer = transaction.atomic()  # noqa: TID251 -- the frame of the tests, not a use case
    outer._from_testcase = True  # the services' transactions are durable; this one is the tests'
    with django_db_blocker.unblock(), outer:
        load_demo(data=settings.SUBAN.data, at=AT, say=lambda _: None)
        with time_machine.travel(AT):
            number = _submit(find_actor("yaoshi"), find_actor("yaodian", f"company:{COMPANY}"))
        yield number
        transaction.set_rollback(True)


@pytest.fixture
def number(loaded: str, db: None, clock: time_machine.Traveller) -> str:
    """The number of an application that waits for acceptance."""
    return loaded


@pytest.fixture
def province(number: str) -> None:
    """The demo's organs, matters and people."""


def find_actor(username: str, on_behalf_of: str = "") -> Actor:
    return get_actor(User.objects.get(username=username).pk, on_behalf_of)


@pytest.fixture
def actor(province: None) -> Callable[..., Actor]:
    return find_actor


@pytest.fixture
def desk(province: None) -> Callable[[str], Client]:
    """Return a browser in which the named officer is signed in."""

    def sign_in(username: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=username))
        return client

    return sign_in


@pytest.fixture
def work() -> Callable[[], None]:
    """Let the worker do what is due, until nothing is."""

    def run() -> None:
        for _ in range(20):
            if not run_due(at=AT):
                return

    return run


@pytest.fixture
def file_of(actor: Callable[..., Actor]) -> Callable[[str, str], StaffCase]:
    """Return the file as an officer's page reads it."""
    return lambda username, number: open_case_file(actor=actor(username), number=number, at=AT)


@pytest.fixture
def submit(actor: Callable[..., Actor]) -> Callable[[], str]:
    """Hand in one more complete application and return its number."""
    return lambda: _submit(actor("yaoshi"), actor("yaodian", f"company:{COMPANY}"))


def _submit(applicant: Actor, employer: Actor) -> str:
    number = start_case(actor=applicant, matter_code=MATTER, at=AT)
    yesterday = (AT - timedelta(days=1)).date().isoformat()
    answers = {name: value.replace("{yesterday}", yesterday) for name, value in ANSWERS.items()}
    revision = save_answers(actor=applicant, number=number, answers=answers, at=AT)
    collect_held_materials(actor=applicant, number=number, at=AT)
    for slot, name, content in (("photo", "照片.png", PNG), ("health_proof", "体检.pdf", PDF)):
        upload = Upload(name=name, content=[content])
        attach_material(actor=applicant, number=number, slot=slot, upload=upload, limit=1_000_000, at=AT)
    key = request_confirmation(actor=applicant, number=number, slot="employer_consent", at=AT)
    confirm_material(actor=employer, key=key, at=AT)
    confirm_form(actor=applicant, number=number, revision=revision, at=AT)
    choose_delivery(actor=applicant, number=number, way=DeliveryChannel.POST, at=AT)
    address = ParcelAddress(name="林示例", phone="13800000001", address="江苏省镇江市京口区演示路 18 号")
    set_delivery_address(actor=applicant, number=number, address=address, at=AT)
    run_checks(actor=applicant, number=number, at=AT)
    submit_case(actor=applicant, number=number, at=AT)
    return number
