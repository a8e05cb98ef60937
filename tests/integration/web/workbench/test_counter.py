"""At the window: a person without account or telephone, whoever began online, and back home again."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.integration.web.workbench.conftest import AT, PDF, PNG, find_actor

from suban.cases.errors import IncompleteApplicationError, UnknownCaseError
from suban.cases.models import Case, CaseMaterial
from suban.cases.queries.window import find_at_window
from suban.cases.services.drafts import start_case
from suban.cases.services.handling import accept_case, request_correction
from suban.cases.services.window import (
    confirm_at_window,
    continue_online,
    submit_at_window,
    take_over_at_window,
)
from suban.cases.types import CorrectionItem, State
from suban.demo.loading import MATTER
from suban.demo.people import ANSWERS, APPLICANT, COMPANY, EMPLOYER
from suban.foundation.queries.evidence import list_events
from suban.identity.queries import find_person_by_citizen_id, get_realname_level, has_login

OLD_MAN = {"citizen_id": "329900195001010011", "name": "钱老伯", "phone": "", "address": "镇江市演示路 3 号"}


@pytest.fixture
def clerk(desk: Callable[[str], Client]) -> Client:
    return desk("shouli")


@pytest.fixture
def answers() -> dict[str, str]:
    yesterday = (AT - timedelta(days=1)).date().isoformat()
    return {name: value.replace("{yesterday}", yesterday) for name, value in ANSWERS.items()}


def begin(clerk: Client, person: dict[str, str]) -> str:
    answer = clerk.post("/workbench/counter", {"what": "begin", "matter": MATTER, "key": "k1", **person})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"].rsplit("/", 1)[1]


def applicant_at_window(clerk: Client) -> str:
    return begin(clerk, {"citizen_id": APPLICANT.citizen_id, "name": APPLICANT.name})


def save(clerk: Client, number: str, answers: dict[str, str]) -> None:
    page = clerk.get(f"/workbench/counter/{number}").content.decode()
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    typed = {**answers, "revision": revision, "delivery": "pickup", "phone": "13800000001"}
    typed["mail_address"] = "镇江市演示路 1 号"
    answer = clerk.post(f"/workbench/counter/{number}", typed)
    assert answer.status_code == 302, answer.content.decode()


def scan(name: str = "scan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def take_in(clerk: Client, number: str, answers: dict[str, str]) -> None:
    """Fill everything in and take the papers, originals seen."""
    save(clerk, number, answers)
    for slot, file in (("photo", scan("a.png", PNG)), ("health_proof", scan()), ("employer_consent", scan())):
        address = f"/workbench/counter/{number}/materials/{slot}"
        clerk.post(address, {"file": file, "original": "seen"})


def sign(clerk: Client, number: str, **said: object):
    return clerk.post(f"/workbench/counter/{number}/confirm", {"signature": "needed", **said})


def topics(number: str) -> list[str]:
    return [event.type for event in list_events(f"case:{number}")]


def test_an_application_is_taken_in_signed_and_receipted(
    clerk: Client, answers: dict[str, str], work
) -> None:
    number = applicant_at_window(clerk)
    take_in(clerk, number, answers)
    assert clerk.get(f"/workbench/counter/{number}/form").content.startswith(b"%PDF")

    answer = sign(clerk, number, how="paper", scan=scan("signed.pdf"))

    assert answer.status_code == 302, answer.content.decode()
    receipt = clerk.get(answer.headers["Location"]).content.decode()
    assert number in receipt
    assert re.search(r"\b\d{6}\b", receipt)
    case = Case.objects.get(number=number)
    assert (case.state, case.channel, case.received_on) == (State.SUBMITTED, "counter", AT.date())
    assert case.due_on
    work()
    page = clerk.get(f"/workbench/cases/{number}").content.decode()
    assert "窗口申请" in page
    assert "在窗口签字确认申请表" in page


def test_every_fact_names_clerk_and_party(clerk: Client, answers: dict[str, str]) -> None:
    number = applicant_at_window(clerk)
    take_in(clerk, number, answers)
    sign(clerk, number, how="screen")

    events = list(list_events(f"case:{number}"))
    person = find_person_by_citizen_id(APPLICANT.citizen_id)

    assert {event.actor for event in events if not event.actor.startswith("system:")} == {
        find_actor("shouli").ref
    }
    assert {event.on_behalf_of for event in events if event.actor.startswith("staff:")} == {person}
    assert "case.form_signed" in topics(number)


def test_originals_seen_at_the_window_are_verified(clerk: Client, answers: dict[str, str]) -> None:
    number = applicant_at_window(clerk)
    save(clerk, number, answers)
    address = f"/workbench/counter/{number}/materials"
    clerk.post(f"{address}/health_proof", {"file": scan(), "original": "seen"})
    clerk.post(f"{address}/photo", {"file": scan("a.png", PNG)})

    levels = dict(
        CaseMaterial.objects.filter(case__number=number, kind="upload").values_list("slot", "level")
    )

    assert levels == {"health_proof": "B", "photo": "C"}


def test_whoever_has_neither_account_nor_telephone_is_served(clerk: Client) -> None:
    number = begin(clerk, OLD_MAN)

    person = find_person_by_citizen_id(OLD_MAN["citizen_id"])
    assert person == Case.objects.get(number=number).party
    assert not has_login(person)
    assert get_realname_level(person) == 4
    assert 'value="钱老伯"' in clerk.get(f"/workbench/counter/{number}").content.decode()


def test_pressing_begin_twice_opens_one_case(clerk: Client) -> None:
    assert begin(clerk, OLD_MAN) == begin(clerk, OLD_MAN)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "别人"}, "姓名与这个号码登记的不一致"),
        ({"citizen_id": "123"}, "现为3位"),
        ({"uscc": COMPANY}, "授权委托书"),
    ],
)
def test_whom_the_card_does_not_fit_is_not_taken_in(
    clerk: Client, change: dict[str, str], words: str
) -> None:
    person = {"citizen_id": APPLICANT.citizen_id, "name": APPLICANT.name, **change}

    answer = clerk.post("/workbench/counter", {"what": "begin", "matter": MATTER, **person})

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_nothing_goes_in_unsigned(clerk: Client, answers: dict[str, str]) -> None:
    number = applicant_at_window(clerk)
    take_in(clerk, number, answers)

    nobody_said = sign(clerk, number)
    no_paper = sign(clerk, number, how="paper")
    with pytest.raises(IncompleteApplicationError):
        submit_at_window(clerk=find_actor("shouli"), number=number, at=AT)

    assert nobody_said.status_code == no_paper.status_code == 422
    assert "扫描件" in no_paper.content.decode()
    assert Case.objects.get(number=number).state == State.DRAFT


def test_what_changes_after_the_signature_is_signed_again(clerk: Client, answers: dict[str, str]) -> None:
    number = applicant_at_window(clerk)
    take_in(clerk, number, answers)
    officer = find_actor("shouli")
    confirm_at_window(clerk=officer, number=number, how="screen", scan=None, limit=10**6, at=AT)
    save(clerk, number, {**answers, "school": "另一所学校"})

    with pytest.raises(IncompleteApplicationError):
        submit_at_window(clerk=officer, number=number, at=AT)


def test_a_draft_begun_online_goes_on_at_the_window_and_home_again(clerk: Client, desk, actor) -> None:
    number = start_case(actor=actor("yaoshi"), matter_code=MATTER, at=AT)

    answer = clerk.post(
        "/workbench/counter",
        {"what": "find", "number": number.lower(), "found_citizen_id": APPLICANT.citizen_id},
    )

    assert answer.headers["Location"] == f"/workbench/counter/{number}"
    home = desk("yaoshi")
    assert home.get(f"/me/cases/{number}/form", follow=True).status_code == 404
    assert "这份申请正在窗口办理" in home.get(f"/me/cases/{number}").content.decode()
    page = home.post(f"/me/cases/{number}/online", follow=True).content.decode()
    assert "转到网上办理" in page
    assert home.get(f"/me/cases/{number}/form", follow=True).status_code == 200
    assert clerk.get(f"/workbench/counter/{number}").status_code == 404
    assert topics(number).count("case.channel_changed") == 2


@pytest.mark.parametrize("citizen_id", [EMPLOYER.citizen_id, "329900195001010011", ""])
def test_a_draft_is_opened_for_its_applicant_only(clerk: Client, actor, citizen_id: str) -> None:
    number = start_case(actor=actor("yaoshi"), matter_code=MATTER, at=AT)

    answer = clerk.post(
        "/workbench/counter", {"what": "find", "number": number, "found_citizen_id": citizen_id}
    )

    assert answer.status_code == 422
    assert "没有找到" in answer.content.decode()
    assert topics(number) == ["case.started"]


def test_clerks_open_nothing_that_is_not_at_their_window(clerk: Client, desk, actor, number: str) -> None:
    online = start_case(actor=actor("yaoshi"), matter_code=MATTER, at=AT)
    mine = begin(clerk, OLD_MAN)

    assert clerk.get(f"/workbench/counter/{online}").status_code == 404
    assert clerk.get(f"/workbench/counter/{number}").status_code == 404
    for other in ("nanjing", "beian"):
        assert desk(other).get(f"/workbench/counter/{mine}").status_code == 404
        assert desk(other).post(f"/workbench/counter/{mine}/confirm", {"how": "screen"}).status_code == 404
    for stranger in ("shencha", "yaoshi"):
        assert desk(stranger).get("/workbench/counter").status_code == 403
    with pytest.raises(UnknownCaseError):
        find_at_window(clerk=actor("nanjing"), number=mine)


def test_the_window_closes_when_the_application_is_in(clerk: Client, answers: dict[str, str]) -> None:
    number = applicant_at_window(clerk)
    take_in(clerk, number, answers)
    sign(clerk, number, how="screen")

    assert clerk.get(f"/workbench/counter/{number}").status_code == 404
    assert clerk.post(f"/workbench/counter/{number}/materials/photo", {"what": "remove"}).status_code == 404


def test_a_correction_is_handed_in_at_the_window(clerk: Client, actor, number: str) -> None:
    officer = actor("shouli")
    item = CorrectionItem(slot="photo", defect="模糊", basis="办事指南")
    request_correction(actor=officer, number=number, items=[item], at=AT)

    take_over_at_window(clerk=officer, number=number, citizen_id=APPLICANT.citizen_id, at=AT)
    clerk.post(
        f"/workbench/counter/{number}/materials/photo", {"file": scan("b.png", PNG), "original": "seen"}
    )
    answer = clerk.post(f"/workbench/counter/{number}/confirm")

    assert answer.status_code == 302, answer.content.decode()
    assert Case.objects.get(number=number).state == State.SUBMITTED


def test_the_clerk_who_took_it_in_may_accept_it(clerk: Client, answers: dict[str, str], actor) -> None:
    number = applicant_at_window(clerk)
    take_in(clerk, number, answers)
    sign(clerk, number, how="screen")

    accept_case(actor=actor("shouli"), number=number, at=AT)

    assert Case.objects.get(number=number).state == State.REVIEW


def test_only_the_applicant_takes_a_case_home(clerk: Client, actor) -> None:
    number = applicant_at_window(clerk)

    with pytest.raises(UnknownCaseError):
        continue_online(actor=actor("yaodian"), number=number, at=AT)


def test_a_signed_paper_must_be_a_scan(clerk: Client, answers: dict[str, str]) -> None:
    number = applicant_at_window(clerk)
    take_in(clerk, number, answers)

    answer = sign(clerk, number, how="paper", scan=scan("a.pdf", b"MZ" + bytes(100)))

    assert answer.status_code == 422
    assert "程序" in answer.content.decode()


def test_whoever_has_no_telephone_is_not_asked_for_one(clerk: Client, answers: dict[str, str]) -> None:
    number = begin(clerk, OLD_MAN)
    address = {"mail_address": "镇江市演示路 3 号", "phone": "", "delivery": "pickup"}
    clerk.post(f"/workbench/counter/{number}", {**answers, **address})

    page = clerk.get(f"/workbench/counter/{number}?check=1").content.decode()

    assert "手机号" in page
    assert 'href="#f-phone"' not in page
