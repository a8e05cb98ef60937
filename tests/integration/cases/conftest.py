"""The demo province in the test database, its registers and carrier, and people to act.

Loading the demo takes seconds, so a process loads it once, keeps the rows that it made, and gives every
later test the same rows within the test's own transaction.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from suban.cases.events import FACTS
from suban.cases.models import Case
from suban.cases.queries.opening import read_snapshot
from suban.cases.queries.worklists import list_worklist
from suban.cases.rules.state import rebuild
from suban.cases.services.checks import run_checks
from suban.cases.services.confirmations import confirm_material, request_confirmation
from suban.cases.services.drafts import choose_delivery, save_answers, start_case
from suban.cases.services.handling import accept_case, complete_step, grant_case, refuse_case
from suban.cases.services.materials import attach_material, collect_held_materials
from suban.cases.services.results import dispatch_result, set_delivery_address
from suban.cases.services.submission import confirm_form, submit_case
from suban.cases.types import Receipt, Upload
from suban.catalogue.models import MatterVersion
from suban.catalogue.queries import versions
from suban.catalogue.types import DeliveryChannel
from suban.delivery import ports as delivery_ports
from suban.delivery.adapters.ems import EmsCarrier, sign
from suban.delivery.services import record_carrier_callback
from suban.delivery.types import ParcelAddress, ParcelOrder
from suban.demo.loading import MATTER, load_demo, write_simulator_data
from suban.demo.people import ANSWERS, COMPANY
from suban.exchange.adapters import make_register_client
from suban.exchange.ports import register_client
from suban.foundation.ports import document_renderer
from suban.foundation.queries.evidence import list_events
from suban.foundation.services.outbox import run_due
from suban.foundation.services.transactions import savepoint
from suban.identity.models import User
from suban.identity.queries import get_actor
from suban.identity.types import Actor
from suban.kernel.clock import civil_day
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


Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
_LOADED: list[Rows] = []


def _read_rows() -> Rows:
    """Every row of every table but the search index, which nobody looks into here."""
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("foundation_search"):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            rows[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return rows


def _write_rows(rows: Rows) -> None:
    # Rows point to rows of tables that come later: the database looks when the transaction ends.
    with savepoint(), connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            names = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join("%s" for _ in columns)
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)


def _load_once() -> None:
    if _LOADED:
        _write_rows(_LOADED[0])
        return
    before = _read_rows()
    load_demo(data=settings.SUBAN.data, at=AT, say=lambda _: None)
    after = _read_rows()
    made = {
        table: (columns, [row for row in values if row not in before[table][1]])
        for table, (columns, values) in after.items()
    }
    _LOADED.append({table: part for table, part in made.items() if part[1]})


def check_rebuilt() -> None:
    """Every case is what its events make of it."""
    for row in Case.objects.all():
        facts = (
            (FACTS[event.type].decode({**event.data, "case": row.number}), event.actor)
            for event in list_events(f"case:{row.number}")
        )
        assert rebuild(facts) == read_snapshot(row.snapshot), row.number


_READ: dict[tuple[int, str], Any] = {}


def _keep_versions_read() -> None:
    """Put the matters' versions on the shelf, where a site has them since they were first read."""
    for pk, digest in MatterVersion.objects.values_list("pk", "digest"):
        if (pk, digest) not in _READ:
            _READ[pk, digest] = versions._read(pk)
        versions._SHELF.put(pk, _READ[pk, digest])


@pytest.fixture
def province(db: None, registers: Registers) -> Iterator[None]:
    """The demo's organs, matters, officers and people; whatever a test does, every case can be rebuilt."""
    write_simulator_data(settings.SUBAN.data)
    _load_once()
    _keep_versions_read()
    yield
    versions.forget_versions()
    check_rebuilt()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The usual acts on one case, each done by whoever may do it."""

    number: str
    applicant: Actor
    clerk: Actor
    decider: Actor
    dispatcher: Actor
    sign_in: Callable[[str], Actor]
    work: Callable[..., None]

    def submit(self, at: datetime = AT) -> Receipt:
        return submit_case(actor=self.applicant, number=self.number, at=at)

    def accept(self, at: datetime = AT) -> None:
        accept_case(actor=self.clerk, number=self.number, at=at)

    def examiner(self, at: datetime = AT) -> Actor:
        """The officer whom the lot chose."""
        return next(
            officer
            for officer in (self.sign_in("shencha"), self.sign_in("shencha2"))
            if list_worklist(actor=officer, view="mine", today=civil_day(at)).lines
        )

    def examine(self, at: datetime = AT, *, agrees: bool = True) -> None:
        opinion = "材料真实有效。" if agrees else "资格证书无效。"
        complete_step(
            actor=self.examiner(at), number=self.number, step="examine", agrees=agrees, opinion=opinion, at=at
        )

    def grant(self, at: datetime = AT, overdue_reason: str = "") -> None:
        grant_case(actor=self.decider, number=self.number, at=at, overdue_reason=overdue_reason)

    def refuse(
        self, at: datetime = AT, reasons: str = "资格证书已被撤销。", overdue_reason: str = ""
    ) -> None:
        refuse_case(
            actor=self.decider, number=self.number, reasons=reasons, at=at, overdue_reason=overdue_reason
        )

    def propose(self, at: datetime = AT) -> None:
        """Everything up to the decision."""
        self.submit(at)
        self.accept(at)
        self.examine(at)

    def issue(self, at: datetime = AT) -> None:
        """Everything up to the signed licence."""
        self.propose(at)
        self.grant(at)
        self.work(at)

    def dispatch(self, at: datetime = AT) -> str:
        parcel = dispatch_result(actor=self.dispatcher, number=self.number, at=at)
        self.work(at)
        return parcel

    @property
    def row(self) -> Case:
        return Case.objects.get(number=self.number)

    @property
    def events(self) -> list[str]:
        return [event.type for event in list_events(f"case:{self.number}")]


@pytest.fixture
def office(
    filled: str, applicant: Actor, clerk: Actor, decider: Actor, dispatcher: Actor, sign_in, work
) -> Office:
    return Office(
        number=filled,
        applicant=applicant,
        clerk=clerk,
        decider=decider,
        dispatcher=dispatcher,
        sign_in=sign_in,
        work=work,
    )


class FakeEms(EmsCarrier):
    """EMS whose orders are taken here; its callbacks are signed and read as the real adapter does."""

    def __init__(self) -> None:
        super().__init__(url="http://ems.test", secret="s3cret")
        self.orders: list[ParcelOrder] = []

    def place_order(self, *, order: ParcelOrder, at: datetime) -> str:
        self.orders.append(order)
        return f"1{len(self.orders):012d}"

    def tell(self, kind: str, *, at: datetime, capacity: str = "", order: int = -1) -> None:
        """Call back, as the carrier does: signed."""
        told: dict[str, Any] = {
            "event_id": f"{kind}-{at.timestamp():.0f}-{capacity}",
            "mail_no": f"1{len(self.orders) if order < 0 else order + 1:012d}",
            "order_key": self.orders[order].key,
            "kind": kind,
            "occurred_at": at.isoformat(),
            "place": "京口投递部",
        }
        if capacity:
            told["signer"] = {"name": "林示例", "capacity": capacity}
        body, timestamp = json.dumps(told).encode(), str(int(at.timestamp() * 1000))
        headers = {
            "X-Ems-Timestamp": timestamp,
            "X-Ems-Nonce": "n" * 20,
            "X-Ems-Signature": sign(secret="s3cret", timestamp=timestamp, nonce="n" * 20, body=body),
        }
        record_carrier_callback(body=body, headers=headers, at=at)


@pytest.fixture
def ems() -> Iterator[FakeEms]:
    carrier = FakeEms()
    with delivery_ports.carrier.plugged(carrier):
        yield carrier


@pytest.fixture
def photo() -> bytes:
    return PNG


@pytest.fixture
def paper() -> bytes:
    return PDF


@pytest.fixture
def letters() -> Iterator[Callable[[str], list[dict[str, Any]]]]:
    """What was handed to the press for letters, by title."""
    press = document_renderer.get()
    drawn: list[dict[str, Any]] = []

    class Recording:
        def render(self, *, template: Any, data: Any, at: datetime) -> bytes:
            if template.name == "cases.letter":
                drawn.append(data)
            return press.render(template=template, data=data, at=at)

    with document_renderer.plugged(Recording()):
        yield lambda title: [letter for letter in drawn if letter["title"] == title]


@pytest.fixture(name="answers")
def _answers() -> dict[str, object]:
    return answers()
