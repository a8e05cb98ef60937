"""The adapter against the simulator over real HTTP: signature, secrets, failures."""

import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from suban.exchange.adapters import make_register_client
from suban.exchange.adapters.platform import PlatformClient
from suban.exchange.adapters.signatures import signed_headers, unwrap_secret
from suban.exchange.errors import RegisterDownError
from suban.exchange.queries import get_resource
from suban.simulators.registers import DEMO_APP_KEY, DEMO_REQUESTER, Registers
from suban.simulators.server import running

CITIZEN = "329900198203150024"
USCC = "91321102MA1ABMR0X6"
BODY = {"query": {"citizen_id": CITIZEN}, "purpose": "核验申请人身份", "case": "case:1"}


class Clock:
    ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def registers(clock):
    return Registers(clock=clock)


@pytest.fixture
def url(registers):
    with running(registers) as url:
        yield url


@pytest.fixture
def client(url):
    with httpx.Client(base_url=url, timeout=httpx.Timeout(0.4)) as http:
        yield PlatformClient(http, requester=DEMO_REQUESTER, app_key=DEMO_APP_KEY)


def ask(client, resource="identity", query=None):
    query = query or {"citizen_id": CITIZEN}
    return client.ask(resource=get_resource(resource), query=query, purpose="核验", case="case:1")


def reason_of(client, resource="identity") -> str:
    with pytest.raises(RegisterDownError) as refusal:
        ask(client, resource)
    return refusal.value.reason


@pytest.mark.parametrize(
    ("resource", "query"),
    [
        ("identity", {"citizen_id": CITIZEN}),
        ("professional_certificate", {"citizen_id": CITIZEN}),
        ("business_licence", {"uscc": USCC}),
        ("drug_licence", {"uscc": USCC}),
    ],
)
def test_every_register_answers_with_every_required_field(client, resource, query):
    found = ask(client, resource, query)

    assert {field.name for field in get_resource(resource).fields if field.required} <= set(found)


def test_nobody_by_that_number_and_name_is_an_answer_too(client):
    assert ask(client, query={"citizen_id": CITIZEN, "name": "别人"}) is None


def test_purpose_and_case_reach_the_register(client, registers):
    ask(client)

    (call,) = registers.calls
    assert (call["register"], call["purpose"], call["case"]) == ("identity", "核验", "case:1")


def test_a_wrong_app_key_is_refused(url):
    with closing(make_register_client(url, DEMO_REQUESTER, "wrong")) as client:
        assert reason_of(client) == "refused"


def test_an_unknown_requester_is_refused(url):
    with closing(make_register_client(url, "stranger", DEMO_APP_KEY)) as client:
        assert reason_of(client) == "refused"


def post(url, path="/services/s_identity_0001", *, secret, shift_ms=0, service="s_identity_0001", **headers):
    signed = signed_headers(
        service=service,
        requester=DEMO_REQUESTER,
        milliseconds=int(time.time() * 1000) + shift_ms,
        secret=secret,
    )
    return httpx.post(url + path, json=BODY, headers=signed | headers)


def fetch_secret(url) -> str:
    data = post(url, "/key", secret=DEMO_APP_KEY).json()["data"]
    return unwrap_secret(
        data["secret"], app_key=DEMO_APP_KEY, service="s_identity_0001", requester=DEMO_REQUESTER
    )


def test_the_platform_refuses_a_wrong_signature_an_old_one_and_one_seen_before(url):
    secret = fetch_secret(url)
    good = post(url, secret=secret)
    signed = {name: value for name, value in good.request.headers.items() if name.startswith("gjgxjhpt")}

    assert good.json()["code"] == "0"
    assert post(url, secret="wrong").json()["code"] == "1002"
    assert post(url, secret=secret, shift_ms=-301_000).json()["code"] == "1003"
    assert post(url, secret=secret, shift_ms=301_000).json()["code"] == "1003"
    assert httpx.post(f"{url}/services/s_identity_0001", json=BODY, headers=signed).json()["code"] == "1004"
    assert httpx.post(f"{url}/services/s_identity_0001", json=BODY).json()["code"] == "1005"
    assert post(url, secret=secret, gjgxjhpt_sid="s_drug_licence_0001").json()["code"] == "1001"


def test_a_secret_of_one_service_opens_no_other(url):
    secret = fetch_secret(url)
    post(url, "/key", secret=DEMO_APP_KEY, service="s_drug_licence_0001")

    answer = post(url, "/services/s_drug_licence_0001", secret=secret, service="s_drug_licence_0001").json()

    assert answer["code"] == "1002"


def test_a_call_without_purpose_is_refused(url):
    secret = fetch_secret(url)
    headers = signed_headers(
        service="s_identity_0001",
        requester=DEMO_REQUESTER,
        milliseconds=int(time.time() * 1000),
        secret=secret,
    )

    answer = httpx.post(f"{url}/services/s_identity_0001", json=BODY | {"purpose": ""}, headers=headers)

    assert answer.json()["code"] == "2003"


def test_a_secret_that_the_platform_forgot_is_fetched_anew(client, registers):
    ask(client)
    registers.forget_secrets()

    assert ask(client) is not None


def test_a_secret_that_ended_is_fetched_anew(client, clock, registers):
    ask(client)
    clock.ahead = timedelta(hours=25)
    registers._guard._clock = lambda: datetime.now(UTC)  # the secret ends; both clocks still agree

    assert ask(client) is not None


def test_two_clients_of_one_requester_do_not_fight_over_the_secret(url):
    with (
        closing(make_register_client(url, DEMO_REQUESTER, DEMO_APP_KEY)) as first,
        closing(make_register_client(url, DEMO_REQUESTER, DEMO_APP_KEY)) as second,
    ):
        assert all(ask(client) for client in (first, second, first, second))


def test_a_register_that_is_down_says_so_and_the_others_go_on(client, registers):
    registers.faults.switch("drug_licence", mode="down")

    assert reason_of(client, "drug_licence") == "unavailable"
    assert ask(client) is not None


def test_a_slow_register_is_not_waited_for_twice(client, registers):
    ask(client)
    registers.faults.switch("identity", mode="slow", seconds=1)
    started = time.perf_counter()

    assert reason_of(client) == "timeout"
    assert time.perf_counter() - started < 0.8


def test_an_answer_that_is_no_json_counts_as_down(client, registers):
    registers.faults.switch("identity", mode="malformed")

    assert reason_of(client) == "malformed"


def test_a_line_that_breaks_once_is_tried_again(client, registers):
    ask(client)
    registers.faults.switch("identity", mode="drop", times=1)

    assert ask(client) is not None


def test_a_line_that_stays_broken_counts_as_down(client, registers):
    registers.faults.switch("identity", mode="drop")

    assert reason_of(client) == "network"


def test_a_register_that_stays_down_is_left_alone_for_a_while(client, registers):
    registers.faults.switch("identity", mode="down")

    reasons = [reason_of(client) for _ in range(4)]

    assert reasons == ["unavailable"] * 3 + ["resting"]


def test_nobody_listens():
    with closing(make_register_client("http://127.0.0.1:9", "suban", "x")) as client:
        assert reason_of(client) == "network"


def test_without_an_address_every_register_is_down():
    assert reason_of(make_register_client("", "", "")) == "unconfigured"


def test_control_is_open_to_tests_over_http(url):
    answer = httpx.post(f"{url}/control", json={"target": "identity", "mode": "down"})

    assert answer.json() == {"identity": "down"}
    assert httpx.post(f"{url}/control", json={"target": "*", "mode": "up"}).json() == {}
    assert httpx.post(f"{url}/control", json={"mode": "on fire"}).status_code == 400


def test_the_records_are_those_of_the_file_and_follow_it(tmp_path):
    file = tmp_path / "registers.json"
    registers = Registers(data=tmp_path)
    with (
        running(registers) as url,
        closing(make_register_client(url, DEMO_REQUESTER, DEMO_APP_KEY)) as client,
    ):
        assert ask(client) is not None
        file.write_text('{"identity": []}', encoding="utf-8")
        assert ask(client) is None
