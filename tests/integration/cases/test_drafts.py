"""The draft: saved as typed, judged with mending words, given up without a trace of what was written."""

import pytest

from suban.cases import errors
from suban.cases.models import Case, CaseMaterial
from suban.cases.queries.applicants import find_draft, list_my_cases, open_case_for
from suban.cases.queries.assembling import answers_of
from suban.cases.services.checks import run_checks
from suban.cases.services.drafts import choose_delivery, discard_draft, save_answers, start_case
from suban.cases.services.materials import (
    attach_material,
    collect_held_materials,
    promise_material,
    remove_material,
    use_held_material,
)
from suban.cases.services.submission import confirm_form
from suban.cases.types import State, Upload
from suban.catalogue.types import DeliveryChannel
from suban.demo.loading import MATTER
from suban.foundation.models import File
from suban.kernel.errors import DomainError


@pytest.fixture
def number(applicant, at) -> str:
    return start_case(actor=applicant, matter_code=MATTER, at=at)


def test_the_same_key_gives_the_same_draft(applicant, employer, at) -> None:
    numbers = {start_case(actor=applicant, matter_code=MATTER, at=at, idempotency_key="k1") for _ in range(5)}

    assert len(numbers) == 1
    assert Case.objects.count() == 1
    with pytest.raises(errors.IdempotencyConflictError):
        start_case(actor=applicant, matter_code=_nanjing(), at=at, idempotency_key="k1")
    assert {start_case(actor=applicant, matter_code=MATTER, at=at, idempotency_key="k2")}.isdisjoint(numbers)


def _nanjing() -> str:
    from suban.catalogue.models import Matter  # noqa: PLC0415 - only to find a second matter

    return Matter.objects.exclude(code=MATTER).filter(code__endswith=MATTER[18:]).first().code


def test_a_staff_member_or_company_applies_for_nothing_personal(clerk, employer, at) -> None:
    for actor in (clerk, employer):
        with pytest.raises(errors.NotYourSeatError):
            start_case(actor=actor, matter_code=MATTER, at=at)


def test_what_was_typed_is_kept_right_or_wrong(applicant, number, at) -> None:
    save_answers(actor=applicant, number=number, answers={"employer_uscc": "123", "nation": "汉族"}, at=at)

    case = open_case_for(actor=applicant, number=number, at=at)
    assert (case.answers["employer_uscc"], case.answers["nation"]) == ("123", "汉族")


def test_a_wrong_check_digit_is_named_with_words_that_mend_it(office, at) -> None:
    revision = save_answers(
        actor=office.applicant, number=office.number, answers={"employer_uscc": "91321102MA1ABMR0X5"}, at=at
    )

    with pytest.raises(errors.IncompleteApplicationError) as refusal:
        confirm_form(actor=office.applicant, number=office.number, revision=revision, at=at)

    (problem,) = refusal.value.fields["problems"]
    assert (problem["where"], problem["key"]) == ("field", "employer_uscc")
    assert "校验" in problem["message"]
    with pytest.raises(errors.IncompleteApplicationError):
        office.submit()


def test_what_is_known_cannot_be_typed_over(applicant, number, at) -> None:
    save_answers(actor=applicant, number=number, answers={"name": "别人", "unknown": "x"}, at=at)

    answers = open_case_for(actor=applicant, number=number, at=at).answers
    assert answers["name"] == "林示例"
    assert "unknown" not in answers


def test_a_draft_saved_elsewhere_is_not_overwritten_unseen(applicant, number, at) -> None:
    seen = save_answers(actor=applicant, number=number, answers={"nation": "汉族"}, at=at)
    save_answers(actor=applicant, number=number, answers={"nation": "回族"}, at=at, revision=seen)

    with pytest.raises(errors.StaleDraftError) as refusal:
        save_answers(actor=applicant, number=number, answers={"nation": "满族"}, at=at, revision=seen)

    assert refusal.value.fields["revision"] == seen + 1
    assert open_case_for(actor=applicant, number=number, at=at).answers["nation"] == "回族"


def test_nobody_confirms_answers_that_changed_meanwhile(office, at) -> None:
    seen = open_case_for(actor=office.applicant, number=office.number, at=at).revision
    save_answers(actor=office.applicant, number=office.number, answers={"post": "药学服务"}, at=at)

    with pytest.raises(errors.MoveNotAllowedError):
        confirm_form(actor=office.applicant, number=office.number, revision=seen, at=at)
    with pytest.raises(errors.IncompleteApplicationError) as refusal:
        office.submit()
    assert [problem["where"] for problem in refusal.value.fields["problems"]] == ["form"]


def test_a_form_too_large_for_any_form_is_refused(applicant, number, at) -> None:
    with pytest.raises(errors.AnswersTooLargeError):
        save_answers(actor=applicant, number=number, answers={"school": "校" * 200_000}, at=at)


def test_after_submission_nothing_is_written_any_more(office, at, photo) -> None:
    office.submit()

    for act in (
        lambda: save_answers(actor=office.applicant, number=office.number, answers={}, at=at),
        lambda: choose_delivery(
            actor=office.applicant, number=office.number, way=DeliveryChannel.PICKUP, at=at
        ),
        lambda: attach_material(
            actor=office.applicant,
            number=office.number,
            slot="photo",
            upload=Upload(name="a.png", content=[photo]),
            limit=1_000_000,
            at=at,
        ),
        lambda: discard_draft(actor=office.applicant, number=office.number, at=at),
        lambda: use_held_material(actor=office.applicant, number=office.number, slot="identity_proof", at=at),
    ):
        with pytest.raises(errors.MoveNotAllowedError):
            act()


def test_an_upload_that_came_too_late_leaves_no_file_behind(office, at, photo) -> None:
    office.submit()
    before = File.objects.count()

    with pytest.raises(errors.MoveNotAllowedError):
        attach_material(
            actor=office.applicant,
            number=office.number,
            slot="photo",
            upload=Upload(name="a.png", content=[photo]),
            limit=1_000_000,
            at=at,
        )

    assert File.objects.count() == before


def test_a_discarded_draft_keeps_no_answers_and_no_files(office, at) -> None:
    files = set(office.row.materials.exclude(file_id="").values_list("file_id", flat=True))
    discard_draft(actor=office.applicant, number=office.number, at=at)

    row = office.row
    assert row.state == State.DISCARDED
    assert answers_of(row, row.form) == {}
    assert not bytes(row.form.address)
    assert not CaseMaterial.objects.filter(case=row).exists()
    assert not File.objects.filter(file_id__in=files).exists()
    assert not row.confirmations.exists()
    assert list_my_cases(actor=office.applicant).lines == ()
    assert find_draft(actor=office.applicant, matter_code=MATTER) == ""


@pytest.mark.parametrize("slot", ["blood_test", "form", "../photo"])
def test_only_listed_materials_are_taken(applicant, number, at, photo, slot) -> None:
    with pytest.raises(errors.UnknownSlotError):
        attach_material(
            actor=applicant,
            number=number,
            slot=slot,
            upload=Upload(name="a.png", content=[photo]),
            limit=1_000_000,
            at=at,
        )


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        pytest.param("a.png", b"MZ\x90\x00" + b"\x00" * 200, None, id="a program"),
        pytest.param("a.png", b"", None, id="nothing"),
        pytest.param("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40, 4000, id="cut off"),
        pytest.param("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 2000, None, id="too large"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_lies_in_the_slot(
    applicant, number, at, name, content, expected
) -> None:
    with pytest.raises(DomainError):
        attach_material(
            actor=applicant,
            number=number,
            slot="photo",
            upload=Upload(name=name, content=[content], expected_size=expected),
            limit=1000,
            at=at,
        )

    assert not Case.objects.get(number=number).materials.exists()
    assert not File.objects.exists()


def test_a_register_that_is_down_says_so_and_the_slot_takes_an_upload(
    applicant, number, at, registers, paper, answers
) -> None:
    save_answers(actor=applicant, number=number, answers=answers, at=at)
    registers.faults.switch("professional_certificate", mode="error")

    outcomes = collect_held_materials(actor=applicant, number=number, at=at)

    assert outcomes["qualification_certificate"] == "down"
    assert outcomes["identity_proof"] == "held"
    upload = Upload(name="证书.pdf", content=[paper])
    slot = "qualification_certificate"
    attach_material(actor=applicant, number=number, slot=slot, upload=upload, limit=1_000_000, at=at)
    case = open_case_for(actor=applicant, number=number, at=at)
    view = next(view for view in case.slots if view.material.slot == slot)
    assert (view.lookup, view.state) == ("down", "done")


def test_what_is_somebody_elses_is_not_held(applicant, number, at, answers) -> None:
    save_answers(actor=applicant, number=number, answers={**answers, "certificate_number": "ZY9"}, at=at)

    with pytest.raises(errors.NotHeldError):
        use_held_material(actor=applicant, number=number, slot="qualification_certificate", at=at)


def test_a_promise_stands_where_the_matter_allows_one(office, at) -> None:
    for slot in ("health_proof", "photo"):
        for held in office.row.materials.filter(slot=slot, removed_at=None):
            remove_material(actor=office.applicant, number=office.number, slot=slot, key=held.key, at=at)
    promise_material(actor=office.applicant, number=office.number, slot="health_proof", at=at)

    with pytest.raises(errors.MaterialRouteError):
        promise_material(actor=office.applicant, number=office.number, slot="photo", at=at)
    with pytest.raises(errors.IncompleteApplicationError) as refusal:
        office.submit()
    assert [problem["key"] for problem in refusal.value.fields["problems"]] == ["photo"]


def test_a_slot_for_one_replaces_and_a_slot_for_three_counts(applicant, number, at, photo, paper) -> None:
    def give(slot: str, content: bytes, name: str) -> None:
        upload = Upload(name=name, content=[content])
        attach_material(actor=applicant, number=number, slot=slot, upload=upload, limit=1_000_000, at=at)

    give("photo", photo, "a.png")
    give("photo", photo, "b.png")
    for name in ("1.pdf", "2.pdf", "3.pdf"):
        give("health_proof", paper, name)

    with pytest.raises(errors.MaterialRouteError):
        give("health_proof", paper, "4.pdf")
    rows = Case.objects.get(number=number).materials.filter(removed_at=None)
    assert rows.filter(slot="photo").get().name == "b.png"
    assert rows.filter(slot="health_proof").count() == 3


def test_checks_follow_the_answers_that_are_submitted(office, at) -> None:
    """Answers that changed after the checks ran are checked anew: yesterday's pass proves nothing."""
    assert run_checks(actor=office.applicant, number=office.number, at=at)
    revision = save_answers(
        actor=office.applicant,
        number=office.number,
        answers={"category": "2"},
        at=at,
    )
    confirm_form(actor=office.applicant, number=office.number, revision=revision, at=at)

    with pytest.raises(errors.IncompleteApplicationError) as refusal:
        office.submit()

    assert {"where": "check", "key": "category_within_certificate"}.items() <= refusal.value.fields[
        "problems"
    ][0].items()


def test_a_confirmation_is_for_the_employer_who_gave_it(office, at) -> None:
    """Whoever changes the employer afterwards needs the new one's word, and its licences."""
    answers = {"employer_uscc": "91320100MA1UTT2K4W", "employer_name": "另一家药店"}
    save_answers(actor=office.applicant, number=office.number, answers=answers, at=at)

    left = {held.slot for held in office.row.materials.filter(removed_at=None)}
    assert {"employer_consent", "employer_licences"}.isdisjoint(left)
    assert {"qualification_certificate", "identity_proof", "photo"} <= left


def test_saving_the_same_answers_again_takes_nothing_away(office, at, answers) -> None:
    before = set(office.row.materials.filter(removed_at=None).values_list("key", flat=True))

    save_answers(actor=office.applicant, number=office.number, answers=answers, at=at)

    assert set(office.row.materials.filter(removed_at=None).values_list("key", flat=True)) == before
    assert office.row.checks.exists()
