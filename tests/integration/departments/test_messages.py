"""A department's messages: proven, in their turn, once; what can't be is told to both sides."""

import json
from typing import Any

import pytest

from suban.demo.departments import DEMO_SECRET, SYSTEM
from suban.demo.people import TRANSPORT_ORGAN
from suban.departments.errors import UnknownPushError
from suban.departments.models import HandledCase, InboundMessage, UsedNonce
from suban.departments.queries import get_handled_file, list_in_question
from suban.departments.services import (
    forget_nonces,
    receiving,
    register_system,
    rotate_secret,
    settle_message,
    switch_system,
)
from suban.simulators.department_messages import Line

OTHER_SECRET = "the-secret-of-another-system"


def _line(handed_in: Any, *, system: str = SYSTEM, secret: str = DEMO_SECRET) -> Line:
    return Line(handed_in.site, system=system, secret=secret, clock=lambda: handed_in.now)


@pytest.mark.parametrize(
    ("system", "secret"),
    [
        pytest.param(SYSTEM, "guessed-secret-000000", id="forged"),
        pytest.param("nobody", DEMO_SECRET, id="unknown system"),
        pytest.param("", DEMO_SECRET, id="no system"),
    ],
)
def test_what_the_system_did_not_sign_is_refused(handed_in, system: str, secret: str) -> None:
    said = handed_in.department.say(handed_in.number, "received")

    answered = _line(handed_in, system=system, secret=secret).tell(said)

    assert (answered.status, answered.json()["code"]) == (401, "department.false_signature")
    assert not InboundMessage.objects.exists()


def test_a_request_that_is_replayed_is_refused(handed_in) -> None:
    requests = []
    line = Line(
        lambda *request: requests.append(request) or handed_in.site(*request),
        system=SYSTEM,
        secret=DEMO_SECRET,
        clock=lambda: handed_in.now,
    )
    line.tell(handed_in.department.say(handed_in.number, "received"))

    again = handed_in.site(*requests[0])
    handed_in.later(minutes=6)
    old = handed_in.site(*requests[0])

    assert (again.status, again.json()["code"]) == (401, "department.replayed_request")
    assert (old.status, old.json()["code"]) == (401, "department.stale_request")
    handed_in.later(hours=1)
    assert forget_nonces(at=handed_in.now) == 1
    assert not UsedNonce.objects.exists()


def test_another_system_finds_neither_case_nor_file(handed_in) -> None:
    register_system(
        key="other-system",
        name="别的系统",
        organ=TRANSPORT_ORGAN,
        url="https://other.test",
        secret=OTHER_SECRET,
        at=handed_in.now,
    )
    other = _line(handed_in, system="other-system", secret=OTHER_SECRET)
    application = handed_in.department._cases[handed_in.number].application
    url = next(given["file"]["url"] for given in application["materials"] if "file" in given)

    told = other.tell(handed_in.department.say(handed_in.number, "received"))

    assert (told.status, told.json()["code"]) == (404, "department.case_not_found")
    assert other.fetch(url).status == 404
    assert other.ask_standing(handed_in.number).status == 404
    assert handed_in.department.line.fetch(url).content.startswith(b"%PDF")


def test_files_are_closed_a_week_after_the_case(handed_in) -> None:
    application = handed_in.department._cases[handed_in.number].application
    url = next(given["file"]["url"] for given in application["materials"] if "file" in given)
    handed_in.play()

    handed_in.later(days=6)
    before = handed_in.department.line.fetch(url).status
    handed_in.later(days=2)
    after = handed_in.department.line.fetch(url).status

    assert (before, after) == (200, 404)


def test_the_same_message_again_changes_nothing_and_gets_the_same_answer(handed_in) -> None:
    handed_in.tell("received")
    said = handed_in.department.say(handed_in.number, "accepted", officer="0017")

    first, second = handed_in.send(said), handed_in.send(said)
    other = handed_in.send(said | {"officer": "0099"})

    assert (first["outcome"], first["repeated"]) == ("applied", False)
    assert (second["outcome"], second["repeated"]) == ("applied", True)
    assert (other["status"], other["code"]) == (409, "department.message_conflict")
    assert handed_in.events.count("case.accepted") == 1


def test_a_number_is_used_once(handed_in) -> None:
    said = handed_in.department.say(handed_in.number, "received")
    handed_in.send(said)

    other = handed_in.send(said | {"message_id": "another-id-0001"})
    far = handed_in.send(said | {"message_id": "another-id-0002", "sequence": 99})

    assert (other["status"], other["code"]) == (409, "department.message_conflict")
    assert (far["status"], far["code"]) == (422, "department.sequence_too_far")


def test_messages_out_of_order_wait_for_their_turn(handed_in) -> None:
    handed_in.play("out_of_order")

    answers = [answer.json() for answer in handed_in.site.answers if answer.status in {200, 202}]
    told = [answer["outcome"] for answer in answers if "outcome" in answer]
    assert told == ["waiting", "waiting", "waiting", "applied"]
    assert handed_in.state == "closed"
    assert set(InboundMessage.objects.values_list("outcome", flat=True)) == {"applied"}


def test_a_department_that_says_everything_twice_is_heard_once(handed_in) -> None:
    handed_in.play("duplicate")

    assert handed_in.state == "closed"
    assert handed_in.events.count("case.granted") == 1
    assert InboundMessage.objects.count() == 4


def test_a_decision_before_acceptance_is_a_contradiction_and_its_number_is_spent(handed_in, officer) -> None:
    handed_in.play("contradictory")

    contradiction = InboundMessage.objects.get(outcome="contradictory")
    assert (contradiction.kind, contradiction.code) == ("granted", "case.move_not_allowed")
    assert "等待受理" in contradiction.reason
    assert handed_in.state == "closed"
    (line,) = list_in_question(actor=officer).lines
    assert (line.number, line.contradictions) == (handed_in.number, 1)


def test_a_second_correction_is_a_contradiction(handed_in) -> None:
    handed_in.play("correction")
    handed_in.later(hours=3)
    handed_in.mend()
    item = {"slot": "safety_rules", "defect": "还是不完整", "basis": "条例第二十一条"}

    second = handed_in.tell("correction_requested", items=[item])

    assert (second["outcome"], second["code"]) == ("contradictory", "case.second_correction")
    assert handed_in.tell("accepted", officer="0017")["outcome"] == "applied"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param({"officer": "0017"}, "department.same_officer", id="who accepted decides"),
        pytest.param({}, "department.same_officer", id="nobody said who decides"),
        pytest.param(
            {"officer": "0003", "occurred_at": "2026-11-23T00:00:00Z"},
            "department.implausible_time",
            id="before what was said last",
        ),
    ],
)
def test_a_decision_that_lacks_something_is_refused_and_mended_under_the_next_number(
    handed_in, content: dict[str, str], code: str
) -> None:
    handed_in.propose()

    refused = handed_in.tell("granted", result_number="321102000001", **content)
    mended = handed_in.tell("granted", result_number="321102000001", officer="0003")

    assert (refused["outcome"], refused["code"]) == ("refused", code)
    assert mended["outcome"] == "applied"


def test_a_late_decision_says_why(handed_in) -> None:
    handed_in.propose()
    handed_in.later(days=40)
    granted = {"result_number": "321102000001", "officer": "0003"}

    silent = handed_in.tell("granted", **granted)
    explained = handed_in.tell("granted", overdue_reason="车辆检测机构停业。", **granted)

    assert (silent["outcome"], silent["code"]) == ("refused", "case.reasons_missing")
    assert explained["outcome"] == "applied"


def test_the_departments_day_is_the_legal_day_and_late_news_is_marked(handed_in) -> None:
    handed_in.propose()
    said = handed_in.department.say(handed_in.number, "granted", result_number="321102000001", officer="0003")
    decided_on = handed_in.now.date()
    handed_in.later(days=40)

    told = handed_in.send(said)

    assert told["outcome"] == "applied"
    assert handed_in.row.decided_on == decided_on
    assert InboundMessage.objects.get(kind="granted").late


def test_nothing_is_half_applied_when_killed_in_between(handed_in, monkeypatch) -> None:
    handed_in.tell("received")
    said = handed_in.department.say(handed_in.number, "accepted", officer="0017")
    with monkeypatch.context() as broken:
        broken.setattr(receiving, "judge_silence", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            handed_in.send(said)

    before = (handed_in.state, InboundMessage.objects.count(), handed_in.events.count("case.accepted"))
    again = handed_in.send(said)

    assert before == ("submitted", 1, 0)
    assert (again["outcome"], again["repeated"]) == ("applied", False)
    assert handed_in.events.count("case.accepted") == 1


def test_after_a_rotation_the_former_secret_is_good_for_a_while(handed_in) -> None:
    fresh = rotate_secret(key=SYSTEM, at=handed_in.now)

    with_old = handed_in.tell("received")
    with_new = _line(handed_in, secret=fresh).tell(handed_in.department.say(handed_in.number, "status"))
    handed_in.later(days=8)

    assert (with_old["status"], with_new.status) == (200, 200)
    assert handed_in.tell("status")["status"] == 401


def test_a_system_that_is_switched_off_is_nobody(handed_in) -> None:
    switch_system(key=SYSTEM, enabled=False)

    assert handed_in.tell("received")["status"] == 401


def test_the_standing_says_what_is_waited_for(handed_in) -> None:
    handed_in.accept()

    standing = handed_in.department.line.ask_standing(handed_in.number).json()

    assert (standing["state"], standing["next_sequence"]) == ("review", 3)
    assert [said["outcome"] for said in standing["messages"]] == ["applied", "applied"]


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", json.dumps({"kind": "received"}).encode()])
def test_what_is_no_message_leaves_no_trace(handed_in, body: bytes) -> None:
    answered = handed_in.department.line._ask("POST", "/api/departments/messages", body)

    assert (answered.status, answered.json()["code"]) == (422, "department.malformed_message")
    assert HandledCase.objects.get().next_sequence == 1


def test_a_contradiction_is_laid_to_rest_by_who_supervises(handed_in, officer, sign_in) -> None:
    handed_in.play("contradictory")
    message = InboundMessage.objects.get(outcome="contradictory")

    with pytest.raises(UnknownPushError):
        settle_message(actor=sign_in("shouli"), number=handed_in.number, message=message.pk, at=handed_in.now)
    for _ in range(2):
        settle_message(actor=officer, number=handed_in.number, message=message.pk, at=handed_in.now)

    assert not list_in_question(actor=officer).lines
    assert [
        said.settled
        for said in get_handled_file(actor=officer, number=handed_in.number).messages
        if said.code
    ]
    with pytest.raises(UnknownPushError):
        get_handled_file(actor=sign_in("shouli"), number=handed_in.number)
