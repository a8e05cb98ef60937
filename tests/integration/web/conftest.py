"""The demo province behind the pages, its registers in a thread, and people signed in."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from suban.demo.loading import MATTER, load_demo
from suban.demo.people import ANSWERS, COMPANY
from suban.exchange.adapters import make_register_client
from suban.exchange.ports import register_client
from suban.foundation.services.outbox import run_due
from suban.identity.models import User
from suban.kernel.clock import civil_day, now
from suban.simulators.registers import Registers
from suban.simulators.server import running

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture(scope="module")
def registers() -> Iterator[Registers]:
    """The register simulator, answering over HTTP with the demo's records."""
    application = Registers(data=settings.SUBAN.data / "simulators" / "registers")
    with running(application) as url:
        plugged = make_register_client(url, "suban", "demo-app-key")
        with register_client.plugged(plugged), closing(plugged):
            yield application


@pytest.fixture(scope="module")
def shared_province(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, registers: Registers
) -> Iterator[None]:
    """The demo's organs, matters, officers and people, loaded once a module and rolled back after it."""
    block = transaction.atomic()  # noqa: TID251 - the frame of all tests of a module, not a use case
    block._from_testcase = True
    with django_db_blocker.unblock():
        block.__enter__()
        load_demo(data=settings.SUBAN.data, at=now(), say=lambda _: None)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


@pytest.fixture
def province(shared_province: None, db: None) -> None:
    """The demo province, with whatever the test does undone after it."""


@pytest.fixture
def code(province: None) -> str:
    return MATTER


@pytest.fixture
def visitor(province: None) -> Client:
    client = Client()
    client.cookies["region"] = "321100"
    return client


@pytest.fixture
def sign_in(province: None) -> Callable[..., Client]:
    def go(username: str, on_behalf_of: str = "") -> Client:
        client = Client()
        client.force_login(
            User.objects.get(username=username),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        if on_behalf_of:
            assert client.post("/account/switch", {"party": on_behalf_of}).status_code == 302
        return client

    return go


@pytest.fixture
def applicant(sign_in: Callable[..., Client]) -> Client:
    return sign_in("yaoshi")


@pytest.fixture
def employer(sign_in: Callable[..., Client]) -> Client:
    return sign_in("yaodian", f"company:{COMPANY}")


@pytest.fixture
def answers() -> dict[str, str]:
    yesterday = (civil_day(now()) - timedelta(days=1)).isoformat()
    return {name: value.replace("{yesterday}", yesterday) for name, value in ANSWERS.items()}


@pytest.fixture
def picture() -> Callable[[str], SimpleUploadedFile]:
    return lambda name: SimpleUploadedFile(name, PNG, content_type="image/png")


@pytest.fixture
def work() -> Callable[[], None]:
    """Let the worker do what is due, until nothing is."""

    def run() -> None:
        for _ in range(20):
            if not run_due(at=now()):
                return

    return run


class Steps:
    """What an applicant does, one page after the other, without scripts."""

    @staticmethod
    def start(client: Client, code: str) -> str:
        page = client.get(f"/matters/{code}/apply").content.decode()
        key = re.search(r'name="key" value="([^"]+)"', page)[1]
        answer = client.post(f"/matters/{code}/apply", {"key": key}, follow=True)
        return re.search(r"/me/cases/([^/]+)/form", answer.redirect_chain[0][0])[1]

    @staticmethod
    def fill(client: Client, number: str, answers: dict[str, str]) -> None:
        address = client.get(f"/me/cases/{number}/form").headers["Location"]
        while not address.endswith(("/delivery", "/materials")):
            page = client.get(address).content.decode()
            revision = re.search(r'name="revision" value="(\d+)"', page)[1]
            answer = client.post(address, {**answers, "revision": revision, "phone": "13800000001"})
            assert answer.status_code == 302, answer.content.decode()
            address = answer.headers["Location"]
        answer = client.post(address, Steps.delivery())
        assert answer.status_code == 302, answer.content.decode()

    @staticmethod
    def delivery(**other: str) -> dict[str, str]:
        given = {
            "recipient": "林示例",
            "recipient_phone": "13800000001",
            "recipient_address": "镇江市演示路 1 号",
        }
        return {"delivery": "post", **given, **other}

    @staticmethod
    def submit(client: Client, number: str):
        page = client.get(f"/me/cases/{number}/check").content.decode()
        revision = re.search(r'name="revision" value="(\d+)"', page)[1]
        return client.post(f"/me/cases/{number}/check", {"revision": revision, "truth": "yes"}, follow=True)


@pytest.fixture
def steps() -> type[Steps]:
    return Steps


@pytest.fixture
def filled(applicant, code, answers) -> str:
    """The number of a draft whose form is complete."""
    answers["mail_address"] = "镇江市演示路 1 号"
    number = Steps.start(applicant, code)
    Steps.fill(applicant, number, answers)
    return number


@pytest.fixture
def complete(applicant, employer, filled, picture) -> str:
    """The number of a draft with every material, not handed in yet."""
    for slot in ("photo", "health_proof"):
        applicant.post(f"/me/cases/{filled}/materials/{slot}", {"file": picture(f"{slot}.png")})
    applicant.post(f"/me/cases/{filled}/materials/employer_consent/ask-company")
    page = employer.get("/me/confirmations").content.decode()
    key = re.search(r"/me/confirmations/([0-9a-f]+)", page)[1]
    employer.post(f"/me/confirmations/{key}", {"answer": "confirm"})
    return filled
