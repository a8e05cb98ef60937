"""The demo province with a department's system beside it, played by the simulator over the real protocol."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from suban.cases.models import Case
from suban.cases.services.checks import run_checks
from suban.cases.services.drafts import choose_delivery, save_answers, start_case
from suban.cases.services.materials import attach_material, collect_held_materials
from suban.cases.services.submission import confirm_form, submit_case
from suban.cases.types import Upload
from suban.catalogue.types import DeliveryChannel
from suban.demo.departments import DEMO_SECRET, DEPARTMENT_MATTER, SYSTEM
from suban.demo.loading import load_demo
from suban.demo.people import COMPANY
from suban.departments.adapters.http import HttpDepartmentClient
from suban.departments.ports import department_client
from suban.exchange.adapters import make_register_client
from suban.exchange.ports import register_client
from suban.foundation.queries.evidence import list_events
from suban.foundation.services.outbox import run_due
from suban.identity.models import User
from suban.identity.queries import get_actor
from suban.identity.types import Actor
from suban.simulators.department import Department
from suban.simulators.department_messages import Answered
from suban.simulators.registers import Registers
from suban.simulators.server import DroppedError, Request, running

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
ANSWERS = {
    "company_address": "江苏省镇江市京口区演示路 8 号",
    "scope": "general",
    "vehicles": 3,
    "tonnage": 18,
    "drivers": 4,
    "vehicle_promise": True,
}


@pytest.fixture(scope="module")
def shared_province(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, loaded once a module and rolled back after it."""
    block = transaction.atomic()  # noqa: TID251 - the frame of all tests of a module, not a use case
    block._from_testcase = True
    with django_db_blocker.unblock(), time_machine.travel(AT):
        block.__enter__()
        load_demo(data=settings.SUBAN.data, at=AT, say=lambda _: None)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


@pytest.fixture
def clock(shared_province: None, db: None) -> Iterator[time_machine.Traveller]:
    """The hour at which everything happens; `move_to` lets days pass."""
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def registers(clock: Any) -> Iterator[None]:
    with running(Registers(data=settings.SUBAN.data / "simulators" / "registers")) as url:
        plugged = make_register_client(url, "suban", "demo-app-key")
        with register_client.plugged(plugged), closing(plugged):
            yield


def sign_in_as(username: str, on_behalf_of: str = "") -> Actor:
    return get_actor(User.objects.get(username=username).pk, on_behalf_of)


@pytest.fixture
def sign_in(clock: Any):
    return sign_in_as


@pytest.fixture
def employer(clock: Any) -> Actor:
    return sign_in_as("yaodian", f"company:{COMPANY}")


@pytest.fixture
def officer(clock: Any) -> Actor:
    return sign_in_as("jiaotong")


class SiteTransport:
    """The way from the played department to the site, without a network; keeps what came back."""

    def __init__(self) -> None:
        self.client = Client()
        self.answers: list[Answered] = []

    def __call__(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        response = self.client.generic(
            method, path, data=body, content_type="application/json", headers=dict(headers)
        )
        content = response.getvalue() if response.streaming else response.content
        answered = Answered(response.status_code, content)
        self.answers.append(answered)
        return answered


@dataclass
class Office:
    """A case of the department's matter, the department that handles it, and the worker."""

    number: str
    employer: Actor
    department: Department
    site: SiteTransport
    clock: Any
    told: list[Answered] = field(default_factory=list)

    def work(self) -> None:
        """Let the worker do what is due, until nothing is."""
        for _ in range(20):
            if not run_due(at=datetime.now(UTC)):
                return

    def submit(self) -> None:
        submit_case(actor=self.employer, number=self.number, at=datetime.now(UTC))
        self.work()

    def tell(self, kind: str, **content: Any) -> dict[str, Any]:
        """Let the department say something under its next number; return the answer with its status."""
        said = self.department.say(self.number, kind, **content)
        return self.send(said)

    def send(self, said: Mapping[str, Any]) -> dict[str, Any]:
        answered = self.department.line.tell(said)
        return {"status": answered.status, **answered.json()}

    def accept(self) -> None:
        assert self.tell("received")["status"] == 200
        assert self.tell("accepted", officer="0017")["status"] == 200

    def propose(self) -> None:
        self.accept()
        told = self.tell("step_completed", step="examine", agrees=True, opinion="符合条件。")
        assert told["status"] == 200

    def later(self, **passed: float) -> None:
        self.clock.move_to(datetime.now(UTC) + timedelta(**passed))

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def play(self, mode: str = "auto") -> None:
        """Let the department go its way in `mode`, and the worker after it."""
        self.department._cases[self.number].mode = mode
        self.department.play(self.number)
        self.work()

    def mend(self) -> None:
        """Hand in what the correction asked for."""
        attach_material(
            actor=self.employer,
            number=self.number,
            slot="safety_rules",
            upload=Upload(name="安全生产制度（补正）.pdf", content=[PDF]),
            limit=1_000_000,
            at=self.now,
        )
        self.submit()

    @property
    def row(self) -> Case:
        return Case.objects.get(number=self.number)

    @property
    def state(self) -> str:
        return self.row.state

    @property
    def events(self) -> list[str]:
        return [event.type for event in list_events(f"case:{self.number}")]


@pytest.fixture
def site() -> SiteTransport:
    return SiteTransport()


@pytest.fixture
def department(site: SiteTransport, clock: Any) -> Iterator[Department]:
    played = Department(site, system=SYSTEM, secret=DEMO_SECRET, clock=lambda: datetime.now(UTC))
    yield played
    played.close()


@pytest.fixture
def pushes(department: Department) -> Iterator[Department]:
    """Pushes reach the played department as over HTTP."""

    def handle(request: httpx.Request) -> httpx.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            answer = department(
                Request(method=request.method, path=request.url.path, headers=headers, body=request.content)
            )
        except DroppedError as dropped:
            raise httpx.ConnectError("cut") from dropped
        return httpx.Response(answer.status, content=answer.encode())

    client = HttpDepartmentClient(
        simulator_url="http://department.test", transport=httpx.MockTransport(handle)
    )
    with department_client.plugged(client):
        yield department


def fill(employer: Actor) -> str:
    """A draft with everything in it."""
    number = start_case(actor=employer, matter_code=DEPARTMENT_MATTER, at=AT)
    revision = save_answers(actor=employer, number=number, answers=ANSWERS, at=AT)
    collect_held_materials(actor=employer, number=number, at=AT)
    attach_material(
        actor=employer,
        number=number,
        slot="safety_rules",
        upload=Upload(name="安全生产制度.pdf", content=[PDF]),
        limit=1_000_000,
        at=AT,
    )
    confirm_form(actor=employer, number=number, revision=revision, at=AT)
    choose_delivery(actor=employer, number=number, way=DeliveryChannel.ELECTRONIC, at=AT)
    run_checks(actor=employer, number=number, at=AT)
    return number


@pytest.fixture
def office(registers: None, employer: Actor, pushes: Department, site: SiteTransport, clock: Any) -> Office:
    """The case, not handed in yet."""
    return Office(number=fill(employer), employer=employer, department=pushes, site=site, clock=clock)


@pytest.fixture
def handed_in(office: Office) -> Office:
    """The case, handed in and pushed."""
    office.submit()
    return office
