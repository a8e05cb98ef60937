"""Pushing, failing, trying again, sending by hand; and what a department's silence sets going."""

import pytest

from suban.cases.handlers import deem_lapsed_accepted
from suban.cases.queries.worklists import list_worklist
from suban.demo.departments import SYSTEM
from suban.demo.people import TRANSPORT_ORGAN
from suban.departments.errors import SystemRefusedError, UnknownPushError, UnknownSystemError
from suban.departments.models import DepartmentSystem, HandledCase, Push
from suban.departments.queries import get_handled_file, list_handled, list_in_question, list_systems
from suban.departments.services import (
    plan_push,
    register_system,
    resend_push,
    rotate_secret,
    send_push,
    switch_system,
    watch_silence,
)
from suban.departments.types import Alarm, PushKind
from suban.foundation.services.outbox import run_due
from suban.simulators.department import Department
from suban.simulators.server import Answer


def _tasks(officer, office) -> list[str]:
    return [line.task for line in list_worklist(actor=officer, view="open", today=office.now.date()).lines]


def _keep_trying(office, times: int) -> None:
    for _ in range(times):
        office.later(minutes=35)
        run_due(at=office.now)


def test_a_push_that_fails_is_tried_again_and_then_shown(office, officer) -> None:
    office.department.faults.switch("pushes", mode="down")
    office.submit()
    at_once = _tasks(officer, office)
    _keep_trying(office, 4)

    assert at_once == []
    assert _tasks(officer, office) == ["push_failed"]
    (line,) = list_in_question(actor=officer).lines
    assert line.failed_pushes == 1

    office.department.faults.switch("pushes", mode="up")
    _keep_trying(office, 1)

    assert _tasks(officer, office) == []
    assert not list_in_question(actor=officer).lines
    assert office.department.list_cases()[0]["pushes"] == ["case_submitted"]


def test_a_push_that_is_refused_is_not_repeated_and_waits_for_a_hand(office, officer, monkeypatch) -> None:
    asked = []
    with monkeypatch.context() as refusing:
        refusing.setattr(
            office.department,
            "_receive",
            lambda request: asked.append(request) or Answer(status=422, body={"message": "不收"}),
        )
        office.submit()
        _keep_trying(office, 2)
    assert len(asked) == 1
    assert _tasks(officer, office) == ["push_failed"]

    resend_push(actor=officer, number=office.number, ref=Push.objects.get().ref, at=office.now)
    office.work()

    assert _tasks(officer, office) == []
    assert Push.objects.get().state == "delivered"


def test_a_dropped_line_delivers_once(office) -> None:
    office.department.faults.switch("pushes", mode="drop", times=1)
    office.submit()
    _keep_trying(office, 1)

    assert Push.objects.get().state == "delivered"
    send_push(ref=Push.objects.get().ref, at=office.now)
    plan_push(number=office.number, kind=PushKind.CASE_SUBMITTED, at=office.now)
    office.work()
    assert office.department.list_cases()[0]["pushes"] == ["case_submitted"]


def test_an_answer_lost_on_the_way_back_counts_once_over_there(handed_in) -> None:
    push = Push.objects.get()
    Push.objects.update(state="waiting", delivered_at=None)

    send_push(ref=push.ref, at=handed_in.now)

    assert handed_in.department.list_cases()[0]["pushes"] == ["case_submitted"]


def test_a_system_that_nobody_registered_or_that_is_off_shows_as_failed(office, officer) -> None:
    switch_system(key=SYSTEM, enabled=False)
    office.submit()
    _keep_trying(office, 4)
    assert _tasks(officer, office) == ["push_failed"]

    switch_system(key=SYSTEM, enabled=True)
    ref = Push.objects.get().ref
    for _ in range(2):
        resend_push(actor=officer, number=office.number, ref=ref, at=office.now)
    office.work()

    assert _tasks(officer, office) == []
    assert len(office.department.list_cases()[0]["pushes"]) == 1


def test_only_who_follows_the_case_sends_again(handed_in, sign_in) -> None:
    ref = Push.objects.get().ref

    for stranger in ("shouli", "shencha"):
        with pytest.raises(UnknownPushError):
            resend_push(actor=sign_in(stranger), number=handed_in.number, ref=ref, at=handed_in.now)


def test_what_no_department_handles_is_never_pushed(clock) -> None:
    plan_push(number="JS3211-2026-9999999-1", kind=PushKind.CASE_SUBMITTED, at=None)

    assert not HandledCase.objects.exists()


def test_silence_is_told_yellow_then_red_and_the_department_is_asked_once(handed_in, officer) -> None:
    watch_silence(at=handed_in.now)
    calm = HandledCase.objects.get().alarm
    handed_in.later(days=6)
    for _ in range(2):
        watch_silence(at=handed_in.now)
    near = HandledCase.objects.get().alarm
    handed_in.work()
    handed_in.later(days=3)
    deem_lapsed_accepted(handed_in.now)
    watch_silence(at=handed_in.now)

    row = HandledCase.objects.get()
    assert (calm, near, row.alarm) == (Alarm.NONE, Alarm.YELLOW, Alarm.RED)
    assert "视为受理" in row.alarm_text
    assert handed_in.department.list_cases()[0]["pushes"] == ["case_submitted", "status_query"]
    assert list_in_question(actor=officer).lines[0].alarm is Alarm.RED

    handed_in.tell("step_completed", step="examine", agrees=True, opinion="符合条件。")
    handed_in.tell("granted", result_number="321102000001", officer="0003")

    assert HandledCase.objects.get().alarm == Alarm.NONE


def test_a_gap_in_the_messages_is_told(handed_in) -> None:
    handed_in.department.say(handed_in.number, "received")
    handed_in.tell("accepted", officer="0017")
    handed_in.later(hours=2)

    watch_silence(at=handed_in.now)

    assert "前序" in HandledCase.objects.get().alarm_text


def test_a_finished_case_is_not_watched(handed_in) -> None:
    handed_in.play()
    handed_in.later(days=60)

    assert watch_silence(at=handed_in.now) == 0


def test_the_list_and_a_case_take_a_fixed_number_of_queries(
    handed_in, officer, django_assert_max_num_queries
) -> None:
    row = HandledCase.objects.get()
    HandledCase.objects.bulk_create(
        HandledCase(
            number=f"JS3211-2026-1{n:06d}-0",
            system=row.system,
            organ_code=row.organ_code,
            matter_code=row.matter_code,
            matter_name=row.matter_name,
            handed_in_at=row.handed_in_at,
        )
        for n in range(120)
    )

    with django_assert_max_num_queries(1):
        first = list_handled(actor=officer, limit=50)
    second = list_handled(actor=officer, cursor=first.next_cursor, limit=50)
    with django_assert_max_num_queries(3):
        get_handled_file(actor=officer, number=handed_in.number)

    assert len(first.lines) == len(second.lines) == 50
    assert not {line.number for line in first.lines} & {line.number for line in second.lines}
    assert list_handled(actor=officer, cursor="nonsense").lines == first.lines


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "Big"},
        {"key": "suban"},
        {"key": "x"},
        {"url": "http://department.test"},
        {"url": "ftp://department.test"},
        {"url": "https://user:pw@department.test"},
        {"url": "https://department.test/?a=b"},
        {"secret": "short"},
    ],
    ids=str,
)
def test_a_system_that_is_not_safe_is_not_registered(clock, office, changes) -> None:
    given = {
        "key": "new-system",
        "name": "新系统",
        "organ": TRANSPORT_ORGAN,
        "url": "https://department.test",
    }

    with pytest.raises(SystemRefusedError):
        register_system(**(given | changes), at=office.now)


def test_a_system_is_registered_once_and_keeps_its_secret(office) -> None:
    given = {
        "key": "new-system",
        "name": "新系统",
        "organ": TRANSPORT_ORGAN,
        "url": "https://department.test",
    }

    first = register_system(**given, at=office.now)
    again = register_system(**given | {"url": "https://elsewhere.test"}, at=office.now)

    assert len(first) == 64
    assert again == ""
    assert "https://elsewhere.test" in {system.url for system in list_systems()}
    assert first.encode() not in bytes(DepartmentSystem.objects.get(key="new-system").secret)
    with pytest.raises(UnknownSystemError):
        rotate_secret(key="nobody", at=office.now)


def test_the_played_department_remembers(tmp_path, handed_in) -> None:
    first = Department(handed_in.site, data=tmp_path)
    first._cases = handed_in.department._cases
    said = first.say(handed_in.number, "received")
    first.close()

    second = Department(handed_in.site, data=tmp_path)
    second.close()

    assert second._cases[handed_in.number].messages == [said]
