"""The correction notice: once, complete, in time; and what the applicant may then do."""

from datetime import date, timedelta

import pytest

from suban.cases import errors
from suban.cases.queries.applicants import open_case_for
from suban.cases.queries.staff import open_case_file
from suban.cases.services.drafts import save_answers
from suban.cases.services.handling import request_correction
from suban.cases.services.materials import attach_material, remove_material
from suban.cases.services.submission import confirm_form, submit_case, withdraw_case
from suban.cases.types import Act, CorrectionItem, State, Upload

PHOTO = CorrectionItem(slot="photo", defect="照片模糊", basis="办事指南第四项")
HEALTH = CorrectionItem(slot="health_proof", defect="没有公章", basis="办事指南第五项")
FORM = CorrectionItem(slot="form", defect="单位地址不完整", basis="办事指南第一项")


@pytest.fixture
def ask(office, at):
    def ask(*items, when=at) -> None:
        office.submit()
        request_correction(actor=office.clerk, number=office.number, items=items, at=when)

    return ask


@pytest.fixture
def replace_with(office, at, photo, paper):
    def put(slot: str, when=at + timedelta(days=1)) -> str:
        name, content = ("新照片.png", photo) if slot == "photo" else ("新证明.pdf", paper)
        upload = Upload(name=name, content=[content])
        return attach_material(
            actor=office.applicant, number=office.number, slot=slot, upload=upload, limit=1_000_000, at=when
        )

    return put


def test_the_applicant_reads_every_defect_and_no_clock_runs(office, ask, at) -> None:
    ask(PHOTO, HEALTH)

    case = open_case_for(actor=office.applicant, number=office.number, at=at)
    assert case.state is State.CORRECTION
    assert [(defect.slot, defect.text) for defect in case.defects] == [
        ("photo", "照片模糊\n依据：办事指南第四项"),
        ("health_proof", "没有公章\n依据：办事指南第五项"),
    ]
    assert case.deadlines == ()
    assert office.row.due_on is None


def test_the_correction_goes_in_only_when_every_item_changed(office, ask, replace_with, at) -> None:
    ask(PHOTO, HEALTH)
    later = at + timedelta(days=1)
    with pytest.raises(errors.IncompleteApplicationError) as nothing:
        office.submit(later)
    replace_with("photo")
    with pytest.raises(errors.IncompleteApplicationError) as half:
        office.submit(later)
    replace_with("health_proof")

    receipt = office.submit(later)

    assert [problem["key"] for problem in nothing.value.fields["problems"]] == ["health_proof", "photo"]
    assert [problem["key"] for problem in half.value.fields["problems"]] == ["health_proof"]
    assert (receipt.state, receipt.received_on) == (State.SUBMITTED, date(2026, 11, 24))
    # The days for a notice run anew from the receipt of the correction.
    assert office.row.due_on == date(2026, 12, 1)


def test_a_correction_made_within_the_same_second_counts(office, ask, replace_with, at) -> None:
    ask(PHOTO)
    replace_with("photo", at)

    assert office.submit().state is State.SUBMITTED


def test_an_asked_form_is_mended_and_confirmed_anew(office, ask, at) -> None:
    ask(FORM)
    later = at + timedelta(hours=1)
    with pytest.raises(errors.IncompleteApplicationError):
        office.submit(later)
    answers = {"employer_address": "江苏省镇江市京口区演示路 8 号 1 幢"}
    revision = save_answers(actor=office.applicant, number=office.number, answers=answers, at=later)
    with pytest.raises(errors.IncompleteApplicationError) as unconfirmed:
        office.submit(later)
    confirm_form(actor=office.applicant, number=office.number, revision=revision, at=later)

    assert {problem["where"] for problem in unconfirmed.value.fields["problems"]} == {"form"}
    assert office.submit(later).state is State.SUBMITTED


def test_only_what_was_asked_may_change(office, ask, replace_with) -> None:
    ask(PHOTO)

    with pytest.raises(errors.CorrectionOutsideListError):
        replace_with("health_proof")


def test_taking_the_bad_material_away_is_not_enough(office, ask, at) -> None:
    ask(PHOTO)
    case = open_case_for(actor=office.applicant, number=office.number, at=at)
    (photo,) = next(slot for slot in case.slots if slot.material.slot == "photo").given
    remove_material(actor=office.applicant, number=office.number, slot="photo", key=photo.key, at=at)

    with pytest.raises(errors.IncompleteApplicationError):
        office.submit(at)


def test_there_is_no_second_notice(office, ask, replace_with, at) -> None:
    ask(PHOTO)
    replace_with("photo")
    office.submit(at + timedelta(days=1))

    with pytest.raises(errors.SecondCorrectionError):
        request_correction(
            actor=office.clerk, number=office.number, items=[HEALTH], at=at + timedelta(days=1)
        )
    acts = {possible.act for possible in open_case_file(actor=office.clerk, number=office.number, at=at).acts}
    assert Act.ACCEPT in acts
    assert Act.REQUEST_CORRECTION not in acts


@pytest.mark.parametrize(
    ("items", "refusal"),
    [
        ([], errors.ReasonsMissingError),
        ([CorrectionItem(slot="blood_test", defect="缺少", basis="x")], errors.CorrectionOutsideListError),
        ([CorrectionItem(slot="photo", defect=" ", basis="x")], errors.ReasonsMissingError),
        ([CorrectionItem(slot="photo", defect="模糊", basis="")], errors.ReasonsMissingError),
    ],
)
def test_a_notice_names_listed_things_with_defect_and_basis(office, ask, items, refusal) -> None:
    with pytest.raises(refusal):
        ask(*items)

    assert office.row.state == State.SUBMITTED
    assert not office.row.texts.exists()


def test_the_notice_is_a_numbered_letter_with_every_item(office, ask, letters) -> None:
    ask(PHOTO, HEALTH)
    office.work()

    (notice,) = letters("补正告知书")
    assert notice["document_number"].startswith("镇市监许补〔2026〕第00001号")
    assert [row[0] for row in notice["blocks"][1]["rows"]] == ["近期一寸免冠正面照片", "健康证明"]


def test_who_waits_for_a_correction_may_withdraw(office, ask, at) -> None:
    ask(PHOTO)

    withdraw_case(actor=office.applicant, number=office.number, at=at)

    assert office.row.state == State.WITHDRAWN
    assert not office.row.tasks.filter(done_at=None).exists()
    with pytest.raises(errors.MoveNotAllowedError):
        submit_case(actor=office.applicant, number=office.number, at=at) and office.accept()
