"""What follows from facts, in the worker: once, whatever was interrupted, repeated or killed."""

from datetime import timedelta

import pytest

from suban.cases.models import CaseLetter
from suban.cases.services import letters as letters_service
from suban.cases.services import results
from suban.cases.services.letters import write_letters
from suban.cases.services.results import issue_result
from suban.cases.types import State
from suban.foundation.models import Delivery as OutboxRow
from suban.foundation.models import Event, File
from suban.foundation.queries.evidence import verify_evidence
from suban.foundation.queries.protection import list_missing_protection
from suban.foundation.rules.delays import LEASE
from suban.licences.models import Licence
from suban.licences.queries import list_licences_of
from suban.licences.services import issuing
from suban.notices.models import Notice


class KilledError(BaseException):
    """What a test raises where a worker is killed: nothing catches it."""


KILLED_AT = {
    "before the number": (results, "draw_result_number"),
    "after the number": (results, "issue_licence"),
    "after numbering the licence": (issuing, "sign_licence"),
    "after signing": (issuing, "store_file"),
    "after the file": (issuing, "_finish"),
    "after the licence": (results, "act"),
    "after the record": (results, "_serve_if_electronic"),
}


@pytest.mark.parametrize("where", KILLED_AT)
def test_a_worker_killed_while_issuing_issues_one_licence_after_all(office, where, at, monkeypatch) -> None:
    office.propose()
    office.work()
    office.grant()
    module, name = KILLED_AT[where]

    def die(*_: object, **__: object) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(module, name, die)
        with pytest.raises(KilledError):
            office.work()
    numbers = {office.row.result_number} - {""}
    office.work(at + LEASE + timedelta(seconds=1))

    row = office.row
    assert row.state == State.ISSUED
    assert numbers <= {row.result_number}
    (licence,) = Licence.objects.all()
    assert licence.number == row.result_number
    assert licence.number.endswith("000001")
    assert office.events.count("case.result_issued") == 1
    assert verify_evidence().passed


def test_issuing_again_issues_nothing(office, at) -> None:
    office.issue()
    for _ in range(3):
        issue_result(number=office.number, at=at)

    assert Licence.objects.count() == 1
    assert office.events.count("case.result_issued") == 1


def test_two_cases_get_consecutive_numbers_of_their_own(office, at) -> None:
    office.issue()

    (licence,) = list_licences_of(office.applicant.party, at=at)
    assert licence.number.endswith("000001")


def test_every_message_handled_twice_tells_everybody_once(office, ems, at) -> None:
    office.issue()
    office.dispatch()
    ems.tell("signed", at=at + timedelta(hours=20), capacity="addressee")
    office.work(at + timedelta(days=1))
    told = sorted(Notice.objects.values_list("template", flat=True))
    letters = sorted(CaseLetter.objects.values_list("kind", "file_id"))
    events, licences = office.events, Licence.objects.count()

    # A worker that dies between the work and its note makes every handler run again.
    OutboxRow.objects.update(state=OutboxRow.WAITING, attempts=0, available_at=None, settled_at=None)
    office.work(at + timedelta(days=2))

    assert sorted(Notice.objects.values_list("template", flat=True)) == told
    assert len(told) == len(set(told))
    assert sorted(CaseLetter.objects.values_list("kind", "file_id")) == letters
    assert (office.events, Licence.objects.count(), len(ems.orders)) == (events, licences, 1)
    assert not OutboxRow.objects.filter(state=OutboxRow.DEAD).exists()


def test_the_applicant_hears_of_every_turn(office, ems, at) -> None:
    office.issue()
    office.dispatch()
    ems.tell("signed", at=at + timedelta(hours=20), capacity="addressee")
    office.work(at + timedelta(days=1))

    mine = Notice.objects.filter(about=f"case:{office.number}", inbox=office.applicant.party)
    assert set(mine.values_list("template", flat=True)) == {
        "case_submitted",
        "case_accepted",
        "decision_granted",
        "licence_issued",
        "parcel_sent",
        "parcel_signed",
    }


def test_every_letter_is_written_once(office, monkeypatch, at) -> None:
    office.submit()
    office.accept()
    write_letters(number=office.number, at=at)
    files = dict(CaseLetter.objects.values_list("kind", "file_id"))
    before = File.objects.count()

    write_letters(number=office.number, at=at)

    assert set(files) == {"receipt", "acceptance"}
    assert all(files.values())
    assert dict(CaseLetter.objects.values_list("kind", "file_id")) == files
    assert File.objects.count() == before


def test_two_workers_writing_the_same_letter_leave_one_file(office, monkeypatch, at) -> None:
    office.submit()
    before = File.objects.count()
    stored = letters_service.store_file

    def beaten(**given: object) -> object:
        monkeypatch.setattr(letters_service, "store_file", stored)
        write_letters(number=office.number, at=at)
        return stored(**given)

    monkeypatch.setattr(letters_service, "store_file", beaten)
    write_letters(number=office.number, at=at)

    assert File.objects.count() == before + 1


def test_an_altered_event_is_found(office) -> None:
    office.issue()
    assert verify_evidence().passed
    event = Event.objects.get(stream=f"case:{office.number}", type="case.granted")

    from django.db import connection  # noqa: PLC0415 - only here somebody goes around the services

    with connection.cursor() as cursor:
        for name in ("update", "delete", "truncate", "replace"):
            on = ' ON "foundation_event"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "foundation_event_refuse_{name}"{on}')
    Event.objects.filter(pk=event.pk).update(body=event.body.replace("2026-11-23", "2026-11-20"))

    report = verify_evidence()
    assert not report.passed
    assert {(fault.stream, fault.seq) for fault in report.faults} >= {(event.stream, event.seq)}
    assert list_missing_protection()
    # As it was, so that the case can be rebuilt.
    Event.objects.filter(pk=event.pk).update(body=event.body)
