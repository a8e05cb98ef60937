"""Signatures, the form of messages, plausible times and silence, as tables."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from suban.departments.errors import (
    FalseSignatureError,
    ImplausibleTimeError,
    MalformedMessageError,
    StaleRequestError,
)
from suban.departments.rules.messages import MAX_BYTES, read_message
from suban.departments.rules.signatures import Signed, check_signature, read_headers, sign, signed_headers
from suban.departments.rules.silence import Watch, find_alarm
from suban.departments.rules.times import Clock, judge_time
from suban.departments.types import Alarm, Call, MessageKind
from suban.simulators.department_messages import sign as sign_elsewhere

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
CALL = Call(method="POST", path="/api/departments/messages", body=b'{"kind":"received"}')
SECRET = "a-secret-of-the-tests"
NONCE = "0123456789abcdef"


def _signed(**changes: str) -> Signed:
    headers = signed_headers(CALL, system="jt", secret=SECRET, nonce=NONCE, at=AT)
    given = read_headers(headers)
    return Signed(**{name: changes.get(name, getattr(given, name)) for name in Signed.__slots__})


def test_the_vectors_of_the_connector_guide_hold() -> None:
    vector = {
        "secret": "demo-department-secret",
        "system": "jingkou-transport",
        "method": "POST",
        "path": "/api/departments/messages",
        "time": "1795395600000",
        "nonce": "00000000000000000000000000000001",
        "body": b'{"kind":"received"}',
    }

    ours = sign(
        Call(method=vector["method"], path=vector["path"], body=vector["body"]),
        **{name: vector[name] for name in ("system", "time", "nonce", "secret")},
    )

    assert ours == sign_elsewhere(**vector)
    assert ours == "44488a7a145a80dfc2ed15ebaf26e124e7a10465bead12ab98e41ebbc82b276b"


def test_what_was_signed_is_let_through_with_any_of_the_good_secrets() -> None:
    check_signature(CALL, _signed(), secrets=["another-secret-here", SECRET], at=AT)


@pytest.mark.parametrize(
    ("call", "signed", "secrets"),
    [
        pytest.param(CALL, _signed(), ["another-secret-here"], id="another secret"),
        pytest.param(CALL, _signed(), [], id="no secret"),
        pytest.param(CALL, _signed(system="other"), [SECRET], id="another system"),
        pytest.param(CALL, _signed(nonce="f" * 16), [SECRET], id="another nonce"),
        pytest.param(CALL, _signed(time="1795395600001"), [SECRET], id="another time"),
        pytest.param(CALL, _signed(signature=""), [SECRET], id="no signature"),
        pytest.param(CALL, _signed(signature="签名"), [SECRET], id="not even ascii"),
        pytest.param(Call(method="GET", path=CALL.path, body=CALL.body), _signed(), [SECRET], id="method"),
        pytest.param(
            Call(method="POST", path="/api/departments/x", body=CALL.body), _signed(), [SECRET], id="path"
        ),
        pytest.param(Call(method="POST", path=CALL.path, body=b"{}"), _signed(), [SECRET], id="body"),
    ],
)
def test_whatever_was_changed_is_refused(call: Call, signed: Signed, secrets: list[str]) -> None:
    with pytest.raises(FalseSignatureError):
        check_signature(call, signed, secrets=secrets, at=AT)


@pytest.mark.parametrize("nonce", ["", "short", "with space 123456", "x" * 65])
def test_a_nonce_that_is_none_is_refused_though_signed(nonce: str) -> None:
    headers = signed_headers(CALL, system="jt", secret=SECRET, nonce=nonce, at=AT)

    with pytest.raises(FalseSignatureError):
        check_signature(CALL, read_headers(headers), secrets=[SECRET], at=AT)


@pytest.mark.parametrize(("off", "good"), [(299, True), (-299, True), (301, False), (-301, False)])
def test_a_request_lives_five_minutes(off: int, good: bool) -> None:
    at = AT + timedelta(seconds=off)
    if good:
        check_signature(CALL, _signed(), secrets=[SECRET], at=at)
    else:
        with pytest.raises(StaleRequestError):
            check_signature(CALL, _signed(), secrets=[SECRET], at=at)


MESSAGE: dict[str, Any] = {
    "message_id": "JS-1-000001",
    "case": "JS3211-2026-0000001-8",
    "sequence": 1,
    "occurred_at": "2026-11-23T09:00:00+08:00",
}
ITEM = {"slot": "safety_rules", "defect": "不完整", "basis": "条例第二十一条"}


@pytest.mark.parametrize(
    "content",
    [
        {"kind": "received"},
        {"kind": "correction_requested", "items": [ITEM]},
        {"kind": "accepted", "officer": "0017"},
        {"kind": "step_completed", "step": "examine", "agrees": True, "opinion": "符合"},
        {"kind": "granted", "result_number": "苏交运管许可镇字321102000001号", "face": {"scope": "普通货运"}},
        {"kind": "refused", "reasons": "车辆未检测"},
        {"kind": "withdrawal_acknowledged"},
        {"kind": "status", "text": "现场核查中"},
    ],
    ids=lambda content: content["kind"],
)
def test_each_kind_of_message_is_read(content: dict[str, Any]) -> None:
    message = read_message(json.dumps(MESSAGE | content))

    assert message.kind == content["kind"]
    assert message.said_at == AT


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"kind": "approved"}, id="unknown kind"),
        pytest.param({"sequence": 0}, id="no such turn"),
        pytest.param({"message_id": "x"}, id="short id"),
        pytest.param({"occurred_at": "2026-11-23T09:00:00"}, id="no time zone"),
        pytest.param({"surprise": 1}, id="unknown field"),
        pytest.param({"kind": "granted"}, id="no number"),
        pytest.param({"kind": "granted", "result_number": "<b>"}, id="bad number"),
        pytest.param({"kind": "refused", "reasons": "   "}, id="no reasons"),
        pytest.param({"kind": "correction_requested", "items": []}, id="no items"),
        pytest.param({"case": "x' or 1"}, id="no case number"),
        pytest.param({"officer": "张三 先生"}, id="a name instead of a code"),
    ],
)
def test_what_is_not_of_the_agreed_form_is_no_message(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedMessageError):
        read_message(json.dumps(MESSAGE | {"kind": "received"} | changes))


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"{" * 3000, b" " * (MAX_BYTES + 1)])
def test_nonsense_is_no_message(body: bytes) -> None:
    with pytest.raises(MalformedMessageError):
        read_message(body)


HANDED_IN = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
NOTICE, LEGAL = date(2026, 11, 20), date(2026, 12, 14)
CLOCK = Clock(
    handed_in_at=HANDED_IN,
    last_said_at=HANDED_IN + timedelta(hours=1),
    notice_due_on=NOTICE,
    decision_due_on=LEGAL,
)


@pytest.mark.parametrize(
    ("kind", "said", "arrived", "on", "late"),
    [
        pytest.param("accepted", (11, 18), (11, 18), (11, 18), False, id="in time"),
        pytest.param("accepted", (11, 18), (11, 19), (11, 18), False, id="told a day later, in time"),
        pytest.param("accepted", (11, 19), (11, 23), (11, 23), True, id="in time, told after the notice day"),
        pytest.param("correction_requested", (11, 19), (11, 23), (11, 23), True, id="a late notice"),
        pytest.param("granted", (12, 10), (12, 20), (12, 10), True, id="decided in time, told too late"),
        pytest.param("granted", (12, 18), (12, 20), (12, 18), False, id="decided too late"),
        pytest.param(
            "step_completed", (11, 19), (11, 25), (11, 19), False, id="a step has no day of its own"
        ),
    ],
)
def test_the_day_that_counts(kind: str, said: Any, arrived: Any, on: Any, late: bool) -> None:
    said_at = datetime(2026, *said, 3, 0, tzinfo=UTC)
    at = datetime(2026, *arrived, 4, 0, tzinfo=UTC)

    day = judge_time(MessageKind(kind), said_at, CLOCK, at=at)

    assert (day.on, day.late) == (date(2026, *on), late)


@pytest.mark.parametrize(
    "said_at",
    [
        pytest.param(AT + timedelta(minutes=6), id="in the future"),
        pytest.param(HANDED_IN - timedelta(minutes=6), id="before the application"),
        pytest.param(HANDED_IN + timedelta(minutes=30), id="before what was said last"),
    ],
)
def test_a_time_that_cannot_be_is_refused(said_at: datetime) -> None:
    with pytest.raises(ImplausibleTimeError):
        judge_time(MessageKind.RECEIVED, said_at, CLOCK, at=AT)


def test_a_clock_that_is_a_little_slow_never_moves_the_day_before_the_application() -> None:
    clock = Clock(handed_in_at=datetime(2026, 11, 15, 16, 1, tzinfo=UTC), last_said_at=None)
    said_at = datetime(2026, 11, 15, 15, 59, tzinfo=UTC)

    assert judge_time(MessageKind.ACCEPTED, said_at, clock, at=AT).on == date(2026, 11, 16)


TODAY = date(2026, 11, 23)
QUIET = {
    "is_open": True,
    "pushed_at": AT - timedelta(hours=2),
    "heard_at": AT - timedelta(hours=1),
    "waiting_since": None,
    "due_on": date(2026, 11, 30),
    "due_kind": "notice",
    "deemed_unheard": False,
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, Alarm.NONE, id="all is well"),
        pytest.param({"due_on": date(2026, 11, 24)}, Alarm.YELLOW, id="the notice day is near"),
        pytest.param({"due_on": date(2026, 11, 20)}, Alarm.RED, id="the notice day is over"),
        pytest.param(
            {"due_on": date(2026, 11, 20), "due_kind": "promised"}, Alarm.RED, id="the promise is broken"
        ),
        pytest.param(
            {"due_on": date(2026, 11, 20), "due_kind": "delivery"}, Alarm.NONE, id="delivery is ours"
        ),
        pytest.param({"deemed_unheard": True, "due_on": None}, Alarm.RED, id="the law accepted"),
        pytest.param({"heard_at": None}, Alarm.NONE, id="not heard yet"),
        pytest.param(
            {"heard_at": None, "pushed_at": AT - timedelta(hours=25)}, Alarm.YELLOW, id="a day unheard"
        ),
        pytest.param(
            {"heard_at": AT - timedelta(days=3), "pushed_at": AT - timedelta(hours=25)},
            Alarm.YELLOW,
            id="unheard since the correction",
        ),
        pytest.param({"waiting_since": AT - timedelta(hours=2)}, Alarm.YELLOW, id="a gap"),
        pytest.param({"is_open": False, "due_on": date(2026, 11, 20)}, Alarm.NONE, id="over"),
    ],
)
def test_when_silence_is_told(changes: dict[str, Any], expected: Alarm) -> None:
    alarm, words = find_alarm(Watch(**(QUIET | changes)), at=AT, today=TODAY)

    assert alarm is expected
    assert bool(words) is bool(expected)
