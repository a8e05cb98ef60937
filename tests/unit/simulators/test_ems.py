"""The played carrier: signs, repeats, disorders, tries again, and remembers."""

import json
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from suban.delivery.adapters.ems import EmsCarrier, sign
from suban.delivery.rules.progress import fold
from suban.delivery.types import CarrierCallback, ParcelAddress, ParcelOrder, ParcelState
from suban.kernel.clock import now
from suban.simulators.__main__ import main
from suban.simulators.ems import Ems
from suban.simulators.server import Answer, Request, running

SECRET = "s3cret"
ORDER = ParcelOrder(
    key="0192a1",
    sender_code="11321100014201234U",
    sender_name="镇江新区行政审批局",
    recipient=ParcelAddress(name="王小明", phone="13800000000", address="大港街道 1 号"),
    contents="注册证",
    case_number="1",
)


class Site:
    """Where callbacks arrive; reads them as the real adapter does."""

    def __init__(self) -> None:
        self.callbacks: list[CarrierCallback] = []
        self.failures_left = 0
        self.adapter = EmsCarrier(url="http://unused.test", secret=SECRET)

    def __call__(self, request: Request) -> Answer:
        if self.failures_left:
            self.failures_left -= 1
            return Answer(status=503, body={})
        self.callbacks.append(
            self.adapter.read_callback(body=request.body, headers=request.headers, at=now())
        )
        return Answer(status=204, body=b"")

    def wait_for(self, state: ParcelState) -> None:
        until = time.monotonic() + 10
        while fold(c.report for c in self.callbacks).state is not state:
            assert time.monotonic() < until, [c.report.kind for c in self.callbacks]
            time.sleep(0.02)


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def callback(site: Site) -> Iterator[str]:
    with closing(site.adapter), running(site) as url:
        yield f"{url}/api/carrier/callbacks"


@contextmanager
def running_ems(**options: Any) -> Iterator[str]:
    ems = Ems(**options)
    with running(ems) as url:
        yield url
    ems.close()


def place(url: str, order: ParcelOrder = ORDER) -> str:
    with closing(EmsCarrier(url=url, secret=SECRET)) as carrier:
        return carrier.place_order(order=order, at=now())


def deliver(url: str, **wish: str) -> httpx.Response:
    return httpx.post(f"{url}/control/deliver", json=wish, timeout=20, trust_env=False)


def test_the_same_order_gives_the_same_number_even_after_a_restart(callback: str) -> None:
    with running_ems(callback=callback, secret=SECRET) as url:
        number = place(url)
        again = place(url)
    with running_ems(callback=callback, secret=SECRET) as url:
        assert place(url) == number == again
    assert len(number) == 13


def test_told_to_deliver_it_plays_the_whole_way_at_once(site: Site, callback: str) -> None:
    with running_ems(callback=callback, secret=SECRET) as url:
        number = place(url)
        answer = deliver(url, mail_no=number, capacity="authorised", name="李四")
        again = deliver(url, mail_no=number)

    assert answer.json()["acknowledged"] is True
    assert again.json()["callbacks"] == []
    ids = [c.report.event_id for c in site.callbacks]
    assert len(ids) > len(set(ids)), "some are repeated"
    times = [c.report.occurred_at for c in site.callbacks]
    assert times != sorted(times), "some are out of order"
    progress = fold(c.report for c in site.callbacks)
    assert progress.state is ParcelState.SIGNED
    assert progress.signing is not None
    assert (progress.signing.capacity, progress.signing.signer) == ("authorised", "李*")
    assert {(c.number, c.order_key) for c in site.callbacks} == {(number, ORDER.key)}


def test_left_in_a_locker_it_can_still_be_fetched(site: Site, callback: str) -> None:
    with running_ems(callback=callback, secret=SECRET) as url:
        number = place(url)
        deliver(url, mail_no=number, capacity="locker")
        left = fold(c.report for c in site.callbacks).state
        deliver(url, mail_no=number, capacity="addressee")

    assert left is ParcelState.LEFT
    assert fold(c.report for c in site.callbacks).state is ParcelState.SIGNED


@pytest.mark.parametrize("kind", ["returned", "refused"])
def test_it_can_come_back(site: Site, callback: str, kind: str) -> None:
    with running_ems(callback=callback, secret=SECRET) as url:
        deliver(url, mail_no=place(url), kind=kind)

    assert fold(c.report for c in site.callbacks).state == kind


def test_unacknowledged_callbacks_are_sent_again(site: Site, callback: str) -> None:
    site.failures_left = 2
    with running_ems(callback=callback, secret=SECRET) as url:
        answer = deliver(url, mail_no=place(url))

    assert answer.status_code == 200
    assert fold(c.report for c in site.callbacks).state is ParcelState.SIGNED


def test_by_itself_a_parcel_walks_at_the_given_speed(site: Site, callback: str) -> None:
    site.failures_left = 1
    with running_ems(callback=callback, secret=SECRET, speed=200_000) as url:
        place(url)
        site.wait_for(ParcelState.SIGNED)


def test_it_remembers_over_a_restart(site: Site, callback: str, tmp_path: Path) -> None:
    with running_ems(callback=callback, data=tmp_path, secret=SECRET) as url:
        number = place(url)
        deliver(url, mail_no=number, capacity="locker")
    with running_ems(callback=callback, data=tmp_path, secret=SECRET) as url:
        (order,) = httpx.get(f"{url}/control/orders", trust_env=False).json()["orders"]
        deliver(url, mail_no=number)

    assert (order["mail_no"], len(order["events"])) == (number, 5)
    ids = [c.report.event_id for c in site.callbacks]
    assert len(set(ids)) == 6
    assert fold(c.report for c in site.callbacks).state is ParcelState.SIGNED


def test_what_was_not_acknowledged_is_sent_after_a_restart(site: Site, callback: str, tmp_path: Path) -> None:
    (tmp_path / "ems.jsonl").write_text(
        "\n".join(
            json.dumps(line)
            for line in (
                {"mail_no": "1000000000001", "order": {"order_key": "a", "recipient": {"name": "王"}}},
                {
                    "event": {
                        "event_id": "1000000000001-1",
                        "mail_no": "1000000000001",
                        "order_key": "a",
                        "kind": "accepted",
                        "occurred_at": now().isoformat(),
                        "place": "",
                    }
                },
            )
        )
    )

    with running_ems(callback=callback, data=tmp_path, secret=SECRET):
        site.wait_for(ParcelState.ACCEPTED)


def signed(body: bytes, *, secret: str = SECRET, age: float = 0) -> dict[str, str]:
    timestamp, nonce = str(int((now().timestamp() - age) * 1000)), "n" * 16
    signature = sign(secret=secret, timestamp=timestamp, nonce=nonce, body=body)
    return {"X-Ems-Timestamp": timestamp, "X-Ems-Nonce": nonce, "X-Ems-Signature": signature}


@pytest.mark.parametrize(
    ("changes", "how", "status"),
    [
        ({}, {"secret": "guessed"}, 401),
        ({}, {"age": 400}, 401),
        ({"order_key": ""}, {}, 422),
        ({"recipient": "王"}, {}, 422),
        ({"recipient": {"name": "王", "phone": "1"}}, {}, 422),
    ],
)
def test_orders_are_checked(callback: str, changes: dict[str, Any], how: dict[str, Any], status: int) -> None:
    order = {"order_key": "a", "recipient": {"name": "王", "phone": "1", "address": "x"}, **changes}
    body = json.dumps(order).encode()

    with running_ems(callback=callback, secret=SECRET) as url:
        answer = httpx.post(f"{url}/v1/orders", content=body, headers=signed(body, **how), trust_env=False)

    assert answer.status_code == status


def test_one_order_key_has_one_content(callback: str) -> None:
    with running_ems(callback=callback, secret=SECRET) as url:
        place(url)
        body = json.dumps(
            {"order_key": ORDER.key, "recipient": {"name": "x", "phone": "1", "address": "y"}}
        ).encode()
        answer = httpx.post(f"{url}/v1/orders", content=body, headers=signed(body), trust_env=False)

    assert answer.status_code == 409


def test_control_answers_nonsense_clearly(callback: str) -> None:
    with running_ems(callback=callback, secret=SECRET) as url:
        number = place(url)

        assert deliver(url, mail_no="1").status_code == 404
        assert deliver(url, mail_no=number, capacity="dog").status_code == 422
        assert httpx.get(f"{url}/healthz", trust_env=False).status_code == 200
        assert httpx.get(f"{url}/nothing", trust_env=False).status_code == 404


def test_the_command_line_needs_to_know_where_callbacks_go(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["ems", "--port", "1", "--data", "x"])

    assert "--callback" in capsys.readouterr().err
