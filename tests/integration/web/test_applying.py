"""The applicant's path without scripts: from the guide to the receipt, and everything that may go wrong."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile


def test_the_whole_path_ends_with_a_receipt(applicant, steps, complete: str, work) -> None:
    page = steps.submit(applicant, complete).content.decode()

    assert "已提交" in page
    assert complete in page
    assert "查询码" in page
    assert "最迟" in page
    work()
    page = applicant.get(f"/me/cases/{complete}").content.decode()
    assert "收件凭证" in page
    assert "已收件" in page
    assert complete in applicant.get("/me/cases").content.decode()
    assert "申请已提交" in applicant.get("/me/inbox").content.decode()


def test_pressing_submit_five_times_makes_one_case(applicant, steps, complete: str) -> None:
    numbers = {re.search(r"JS\d{4}-\d{4}-\d{7}-.", steps.submit(applicant, complete).content.decode())[0]}
    for _ in range(4):
        answer = applicant.get(f"/me/cases/{complete}/receipt")
        numbers.add(re.search(r"JS\d{4}-\d{4}-\d{7}-.", answer.content.decode())[0])

    assert numbers == {complete}
    assert applicant.get(f"/me/cases/{complete}/check").status_code == 404


def test_pressing_start_twice_opens_one_draft(applicant, code: str) -> None:
    page = applicant.get(f"/matters/{code}/apply").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]

    places = {applicant.post(f"/matters/{code}/apply", {"key": key}).headers["Location"] for _ in range(3)}

    assert len(places) == 1
    assert "接着填" in applicant.get(f"/matters/{code}/apply").content.decode()


def test_what_is_wrong_is_said_at_the_top_and_beside_the_field_and_kept(applicant, steps, code: str) -> None:
    number = steps.start(applicant, code)

    answer = applicant.post(
        f"/me/cases/{number}/form/employer", {"employer_uscc": " 91321102 MA1 ", "post": "审方"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#f-employer_uscc"' in page
    assert "应为 18 位，您输入了 11 位" in page
    assert 'aria-describedby="f-employer_uscc-hint f-employer_uscc-error"' in page
    assert 'value="审方"' in applicant.get(f"/me/cases/{number}/form/employer").content.decode()


def test_a_wrong_page_may_be_left_for_later(applicant, steps, code: str) -> None:
    number = steps.start(applicant, code)

    answer = applicant.post(f"/me/cases/{number}/form/employer", {"then": "later"})

    assert answer.status_code == 302


def test_a_draft_saved_elsewhere_is_not_overwritten_unseen(applicant, steps, code: str) -> None:
    number = steps.start(applicant, code)
    page = applicant.get(f"/me/cases/{number}/form/employer").content.decode()
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    applicant.post(f"/me/cases/{number}/form/employer", {"revision": revision, "post": "先写的"})

    answer = applicant.post(f"/me/cases/{number}/form/employer", {"revision": revision, "post": "后写的"})

    page = answer.content.decode()
    assert "刚在别处保存过" in page
    assert 'value="后写的"' in page


def test_known_details_cannot_be_typed_over(applicant, steps, code: str) -> None:
    number = steps.start(applicant, code)

    applicant.post(f"/me/cases/{number}/form/person", {"name": "别人", "citizen_id": "x", "nation": "汉族"})

    page = applicant.get(f"/me/cases/{number}/form/person").content.decode()
    assert 'value="林示例"' in page
    assert "别人" not in page


def test_held_materials_ask_for_nothing(applicant, filled: str) -> None:
    page = applicant.get(f"/me/cases/{filled}/materials").content.decode()

    assert page.count("已有，免提交") == 3
    assert "人力资源社会保障部门" in page


def test_a_program_named_as_a_picture_is_refused_in_words(applicant, filled: str) -> None:
    file = SimpleUploadedFile("照片.png", b"MZ" + bytes(4000), content_type="image/png")
    address = f"/me/cases/{filled}/materials/photo"

    scripted = applicant.post(address, {"file": file}, headers={"Accept": "application/json"})
    file.seek(0)
    plain = applicant.post(address, {"file": file}, follow=True)

    assert scripted.status_code == 400
    assert "文件" in scripted.json()["detail"]
    assert scripted.json()["detail"] in plain.content.decode()


def test_an_uploaded_file_is_its_owners_alone(applicant, sign_in, filled: str, picture) -> None:
    applicant.post(f"/me/cases/{filled}/materials/photo", {"file": picture("照片.png")})
    page = applicant.get(f"/me/cases/{filled}/materials").content.decode()
    address = re.search(r'"(/me/cases/[^"]+/files/[^"]+)"', page)[1]

    mine = applicant.get(address)
    others = sign_in("yaodian").get(address)

    assert mine.status_code == 200
    assert b"".join(mine.streaming_content).startswith(b"\x89PNG")
    assert mine.headers["X-Content-Type-Options"] == "nosniff"
    assert others.status_code == 404


@pytest.mark.parametrize("part", ["", "/form", "/materials", "/check", "/receipt", "/withdraw"])
def test_someone_elses_case_does_not_exist(sign_in, filled: str, part: str) -> None:
    answer = sign_in("yaodian").get(f"/me/cases/{filled}{part}")

    assert answer.status_code == 404
    assert "执业药师" not in answer.content.decode()


def test_staff_do_not_apply(sign_in, code: str) -> None:
    assert sign_in("shouli").get(f"/matters/{code}/apply").status_code == 403


def test_the_wrong_kind_of_applicant_is_told_what_to_do(employer, code: str) -> None:
    assert "请先切换到本人身份" in employer.get(f"/matters/{code}/apply").content.decode()
    assert employer.post(f"/matters/{code}/apply", {"key": "k"}).status_code == 403


def test_nothing_is_handed_in_while_something_is_missing(applicant, steps, filled: str) -> None:
    answer = steps.submit(applicant, filled)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"/me/cases/{filled}/materials#m-photo" in page
    assert "error-summary" in page


def test_the_declaration_must_be_ticked(applicant, complete: str) -> None:
    answer = applicant.post(f"/me/cases/{complete}/check", {"revision": "1"})

    assert answer.status_code == 422
    assert 'href="#truth"' in answer.content.decode()


def test_post_needs_an_address_and_other_ways_do_not(applicant, steps, code: str) -> None:
    number = steps.start(applicant, code)
    address = f"/me/cases/{number}/form/delivery"

    assert applicant.post(address, steps.delivery(recipient="")).status_code == 422
    assert applicant.post(address, {}).status_code == 422
    assert applicant.post(address, {"delivery": "electronic"}).status_code == 302


def test_a_company_that_declines_says_why(applicant, employer, filled: str) -> None:
    applicant.post(f"/me/cases/{filled}/materials/employer_consent/ask-company")
    page = employer.get("/me/confirmations").content.decode()
    address = "/me/confirmations/" + re.search(r"/me/confirmations/([0-9a-f]+)", page)[1]

    silent = employer.post(address, {"answer": "decline", "reason": " "})
    employer.post(address, {"answer": "decline", "reason": "已经离职"})

    assert silent.status_code == 422
    assert "已经离职" in applicant.get(f"/me/cases/{filled}/materials").content.decode()


def test_confirmations_are_for_the_company_asked(applicant, employer, filled: str) -> None:
    applicant.post(f"/me/cases/{filled}/materials/employer_consent/ask-company")
    page = employer.get("/me/confirmations").content.decode()
    address = "/me/confirmations/" + re.search(r"/me/confirmations/([0-9a-f]+)", page)[1]

    assert applicant.get(address).status_code == 404
    assert applicant.post(address, {"answer": "confirm"}).status_code == 404


def test_a_draft_can_be_given_up_and_an_application_withdrawn(
    applicant, steps, code: str, complete: str
) -> None:
    steps.submit(applicant, complete)
    draft = steps.start(applicant, code)

    applicant.post(f"/me/cases/{draft}/discard")
    applicant.post(f"/me/cases/{complete}/withdraw")

    assert draft not in applicant.get("/me/cases").content.decode()
    assert "已撤回" in applicant.get(f"/me/cases/{complete}").content.decode()


def test_progress_can_be_seen_with_number_and_code(visitor, applicant, steps, complete: str) -> None:
    receipt = steps.submit(applicant, complete).content.decode()
    query_code = re.findall(r'class="receipt-number">(\d{6})<', receipt)[0]

    page = visitor.post("/track", {"number": complete, "query_code": query_code}).content.decode()

    assert "提交申请" in page
    assert "林示例" not in page


@pytest.mark.parametrize(
    ("part", "most"), [("/materials", 22), ("/check", 22), ("", 26), ("/form/employer", 18)]
)
def test_the_pages_of_a_case_cost_a_bounded_number_of_queries(
    applicant, complete: str, django_assert_max_num_queries, part: str, most: int
) -> None:
    applicant.get(f"/me/cases/{complete}{part}")

    with django_assert_max_num_queries(most):
        assert applicant.get(f"/me/cases/{complete}{part}").status_code == 200
