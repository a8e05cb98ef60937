"""A filing is complete when the information is there; doubts are for a person, never a refusal."""

from datetime import date

import pytest

from suban.cases.errors import IncompleteApplicationError, MoveNotAllowedError, UnknownCaseError
from suban.cases.models import Case
from suban.cases.queries.applicants import open_case_for
from suban.cases.queries.staff import open_case_file
from suban.cases.queries.worklists import list_worklist
from suban.cases.services.drafts import choose_delivery, save_answers, start_case
from suban.cases.services.handling import accept_case, refuse_case, request_correction
from suban.cases.services.submission import confirm_form, submit_case
from suban.cases.types import Act, CorrectionItem, State
from suban.catalogue.types import DeliveryChannel
from suban.kernel.clock import civil_day
from suban.kernel.errors import DomainError

FILING = "11321102MB0JK0015X400100400300001"
ANSWERS = {
    "project_name": "年产一千台示例设备生产线项目",
    "project_kind": "02",
    "site_region": "321102",
    "site": "江苏省镇江市京口区演示路 8 号",
    "industry": "通用设备制造业",
    "scale": "建筑面积 5000 平方米",
    "content": "购置设备二十台，改造厂房一座。",
    "start_on": "2027-01-01",
    "finish_on": "2027-12-31",
    "total_investment": "1000000.00",
    "own_capital": "400000.00",
    "foreign_investment": "no",
    "policy_declaration": True,
    "secrecy_declaration": True,
    "truth_declaration": True,
}


@pytest.fixture
def prepare(employer, at):
    def prepare(way=DeliveryChannel.ELECTRONIC, **changes: object) -> str:
        number = start_case(actor=employer, matter_code=FILING, at=at)
        revision = save_answers(actor=employer, number=number, answers={**ANSWERS, **changes}, at=at)
        choose_delivery(actor=employer, number=number, way=way, at=at)
        confirm_form(actor=employer, number=number, revision=revision, at=at)
        return number

    return prepare


def test_it_is_complete_at_once_with_a_project_code(prepare, employer, at, work) -> None:
    number = prepare()
    receipt = submit_case(actor=employer, number=number, at=at)
    work()

    case = open_case_for(actor=employer, number=number, at=at)
    assert receipt.state is State.FILED
    assert case.result_number.startswith("2611-321102-04-02-")
    assert (case.state, case.served_on) == (State.CLOSED, civil_day(at))
    assert not Case.objects.get(number=number).tasks.filter(done_at=None).exists()


def test_every_filing_has_a_code_of_its_own(prepare, employer, at) -> None:
    for _ in range(5):
        submit_case(actor=employer, number=prepare(), at=at)

    codes = set(Case.objects.values_list("result_number", flat=True))
    assert len(codes) == 5


def test_submitted_again_it_is_filed_once(prepare, employer, at, work) -> None:
    number = prepare()
    receipts = [submit_case(actor=employer, number=number, at=at) for _ in range(3)]
    work()

    assert len({receipt.official_number for receipt in receipts}) == 1
    assert Case.objects.get(number=number).result_number


def test_a_blocking_check_keeps_it_from_being_handed_in(prepare, employer, at) -> None:
    number = prepare(own_capital="2000000.00")

    with pytest.raises(IncompleteApplicationError) as refusal:
        submit_case(actor=employer, number=number, at=at)

    assert refusal.value.fields["problems"] == [
        {"where": "check", "key": "capital_within_total", "message": "自有资金大于总投资，请核对金额。"}
    ]


@pytest.fixture
def doubtful(prepare, employer, registers, at) -> str:
    """Handed in while the business register can't say whether the company exists."""
    number = prepare()
    registers.faults.switch("business_licence", mode="error")
    assert submit_case(actor=employer, number=number, at=at).state is State.SUBMITTED
    return number


def test_what_a_register_cannot_say_a_person_looks_at(doubtful, employer, sign_in, at, work) -> None:
    officer = sign_in("beian")
    (line,) = list_worklist(actor=officer, view="open", today=civil_day(at)).lines
    acts = {possible.act for possible in open_case_file(actor=officer, number=doubtful, at=at).acts}

    accept_case(actor=officer, number=doubtful, at=at)
    work()

    assert (line.number, line.due_on) == (doubtful, date(2026, 11, 23))
    assert acts == {Act.ACCEPT, Act.REQUEST_CORRECTION}
    assert open_case_for(actor=employer, number=doubtful, at=at).state is State.CLOSED


def test_a_filing_cannot_be_refused(doubtful, sign_in, at) -> None:
    with pytest.raises(MoveNotAllowedError):
        refuse_case(actor=sign_in("beian"), number=doubtful, reasons="不同意", at=at)


@pytest.mark.parametrize("username", ["shouli", "nanjing", "jueding"])
def test_only_its_own_office_completes_it(doubtful, sign_in, at, username) -> None:
    with pytest.raises(UnknownCaseError):
        accept_case(actor=sign_in(username), number=doubtful, at=at)


def test_mended_information_completes_it(doubtful, employer, sign_in, registers, at) -> None:
    item = CorrectionItem(slot="form", defect="请写明门牌号", basis="条例第十三条")
    request_correction(actor=sign_in("beian"), number=doubtful, items=[item], at=at)
    registers.faults.switch("*", mode="up")
    with pytest.raises(DomainError):
        submit_case(actor=employer, number=doubtful, at=at)
    answers = {"site": "江苏省镇江市京口区演示路 8 号 3 幢"}
    revision = save_answers(actor=employer, number=doubtful, answers=answers, at=at)
    confirm_form(actor=employer, number=doubtful, revision=revision, at=at)

    assert submit_case(actor=employer, number=doubtful, at=at).state is State.FILED
