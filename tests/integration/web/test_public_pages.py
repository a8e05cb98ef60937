"""What anybody can see: home, search, lists, guide, regions, checks; each in a bounded number of queries."""

import pytest


def test_home_offers_search_doors_and_matters(visitor, code: str) -> None:
    page = visitor.get("/").content.decode()

    assert "您想办什么事" in page
    assert "个人办事" in page
    assert f"/matters/{code}" in page
    assert "镇江市" in page


def test_a_persons_sentence_finds_the_matter(visitor, code: str) -> None:
    page = visitor.get("/search", {"q": "考下执业药师证要上班"}).content.decode()

    assert f"/matters/{code}" in page


def test_what_is_not_found_is_said_and_escaped(visitor) -> None:
    page = visitor.get("/search", {"q": "<script>飞碟"}).content.decode()

    assert "没有找到" in page
    assert "<script>飞" not in page
    assert "12345" in page


def test_the_guide_answers_the_five_questions(visitor, code: str) -> None:
    page = visitor.get(f"/matters/{code}").content.decode()

    for part in ("我能不能办", "需要什么", "怎么办", "多久", "多少钱", "依据", "咨询和投诉", "救济"):
        assert f">{part}</h2>" in page
    assert "不见面" in page
    assert "承诺 3 个工作日" in page
    assert "免提交" in page
    assert "怎么算的" in page
    assert f"/matters/{code}/apply" in page


def test_the_history_of_a_matter_is_open(visitor, code: str) -> None:
    page = visitor.get(f"/matters/{code}/versions").content.decode()

    assert "第 1 版（现行）" in page


@pytest.mark.parametrize(
    "address",
    ["/matters/nothing", "/matters/nothing/versions", "/organs/nothing", "/nowhere", "/verify/1.2.3"],
)
def test_what_does_not_exist_is_said_in_our_look(visitor, address: str) -> None:
    answer = visitor.get(address)

    assert answer.status_code == 404
    assert "速办" in answer.content.decode()


def test_lists_narrow_by_whom_they_are_for(visitor, code: str) -> None:
    assert code in visitor.get("/matters", {"target": "person"}).content.decode()
    assert code not in visitor.get("/matters", {"target": "company"}).content.decode()
    assert visitor.get("/matters", {"target": "'", "after": "~"}).status_code == 200


def test_departments_of_the_region_lead_to_their_matters(visitor, code: str) -> None:
    page = visitor.get(f"/organs/{code[:18]}").content.decode()

    assert code[:18] in visitor.get("/organs").content.decode()
    assert f"/matters/{code}" in page


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/matters?target=person", "/matters?target=person"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
    ],
)
def test_a_chosen_region_is_remembered_and_leads_back_to_this_site_only(visitor, wanted, led_to) -> None:
    answer = visitor.get("/region", {"code": "321171", "next": wanted})

    assert answer.headers["Location"] == led_to
    assert answer.cookies["region"].value == "321171"
    assert "镇江新区" in visitor.get("/").content.decode()


def test_large_print_stays_until_it_is_switched_back(visitor) -> None:
    visitor.get("/display", {"mode": "large"})
    assert 'class="large-print"' in visitor.get("/").content.decode()

    visitor.get("/display", {"mode": "standard"})
    assert 'class="large-print"' not in visitor.get("/").content.decode()


def test_number_and_code_that_do_not_belong_together_say_nothing_more(visitor) -> None:
    answer = visitor.post("/track", {"number": "JS3211-2026-0000001-8", "query_code": "000000"})

    assert answer.status_code == 422
    assert "对不上" in answer.content.decode()


def test_the_codes_of_one_number_cannot_be_tried_one_after_another(visitor) -> None:
    tries = [{"number": "JS3211-2026-0000009-9", "query_code": f"{code:06d}"} for code in range(11)]

    statuses = [visitor.post("/track", given).status_code for given in tries]

    assert statuses == [422] * 10 + [429]


def test_a_file_that_is_no_licence_is_not_believed(visitor, picture) -> None:
    page = visitor.post("/verify", {"file": picture("x.pdf")}).content.decode()

    assert "不可信" in page


@pytest.mark.parametrize("address", ["/me", "/me/cases", "/me/licences", "/me/inbox", "/me/confirmations"])
def test_what_is_ones_own_asks_for_sign_in(visitor, address: str) -> None:
    answer = visitor.get(address)

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/account/sign-in?next={address}"


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 3),
        ("/matters", 2),
        ("/search?q=执业药师", 4),
        ("/matters/{code}", 4),
        ("/organs", 3),
        ("/track", 0),
    ],
)
def test_pages_cost_a_bounded_number_of_queries(
    visitor, code: str, django_assert_max_num_queries, address: str, most: int
) -> None:
    address = address.format(code=code)
    visitor.get(address)

    with django_assert_max_num_queries(most):
        visitor.get(address)


def test_pages_allow_no_inline_script_and_no_frame(visitor) -> None:
    answer = visitor.get("/")

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "<script>" not in answer.content.decode()
    assert "style=" not in answer.content.decode()
