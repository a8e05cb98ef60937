"""What a masked value shows, which names are well formed, who holds which right."""

from datetime import date

import pytest

from suban.identity import rules
from suban.identity.errors import InvalidDetailsError
from suban.identity.types import ROLE_LABELS, SYSTEM, Actor, Grant, MemberRole, Role
from suban.kernel.references import make_ref

CITY, COUNTY, OTHER = "11321100MB0AAM0125", "11321102MB0AAM0000", "11320100MB0AAM0000"
CLERK_CITY = Grant(Role.CLERK, frozenset({CITY, COUNTY}))
CLERK_ONE_MATTER = Grant(Role.CLERK, frozenset({CITY}), frozenset({"m1"}))


def actor(*grants: Grant) -> Actor:
    return Actor(ref=make_ref("staff", "a1"), name="测试员", grants=grants, grants_version=1, user_id=1)


@pytest.mark.parametrize(
    ("mask", "given", "expected"),
    [
        (rules.mask_name, "测试人", "测**"),
        (rules.mask_name, "测", "测"),
        (rules.mask_name, "", ""),
        (rules.mask_citizen_id, "329900198203150024", "3299************24"),
        (rules.mask_citizen_id, "12345", "*****"),
        (rules.mask_phone, "13800000001", "138****0001"),
        (rules.mask_phone, "123", "***"),
        (rules.mask_email, "someone@example.cn", "s***@example.cn"),
        (rules.mask_email, "nothing", "*******"),
        (rules.mask_address, "江苏省演示市演示区一号", "江苏省演示市****"),
        (rules.mask_address, "某地", "**"),
    ],
)
def test_masking_shows_enough_to_recognise_and_too_little_to_use(mask, given, expected):
    assert mask(given) == expected


@pytest.mark.parametrize("name", ["13800000001", "ab", "1abc", "有字", "a b", "a" * 65, ""])
def test_account_names_that_could_be_something_else_are_refused(name):
    with pytest.raises(InvalidDetailsError):
        rules.clean_username(name)


def test_account_names_have_one_stored_form():
    assert rules.clean_username(" Clerk-One ") == "clerk-one"


@pytest.mark.parametrize("phone", ["138 0000 0001", "+8613800000001", "138-0000-0001", "13800000001"])
def test_phones_have_one_stored_form(phone):
    assert rules.clean_phone(phone) == "13800000001"


@pytest.mark.parametrize("phone", ["1380000000", "23800000001", "12800000001", "x"])
def test_a_wrong_phone_is_refused_with_what_is_wrong(phone):
    with pytest.raises(InvalidDetailsError, match="11 位"):
        rules.clean_phone(phone)


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (rules.check_region_code, "3211"),
        (rules.check_region_code, "32110000"),
        (rules.check_level, "8"),
        (rules.check_level, ""),
        (rules.check_realname_level, 0),
        (rules.check_realname_level, 5),
        (rules.clean_name, "  "),
        (rules.clean_name, "长" * 201),
        (rules.clean_email, "no-at-sign"),
        (rules.clean_email, "a@b"),
    ],
)
def test_malformed_details_are_refused(check, value):
    with pytest.raises(InvalidDetailsError):
        check(value)


@pytest.mark.parametrize("code", ["321100", "320281104", "320281104001"])
def test_divisions_have_6_9_or_12_digits(code):
    rules.check_region_code(code)


@pytest.mark.parametrize(
    ("login", "expected"),
    [("13800000001", True), ("138 0000 0001", True), ("clerk", False), ("1380000", False)],
)
def test_a_phone_is_recognised_where_a_name_is_asked(login, expected):
    assert rules.looks_like_phone(login) is expected


@pytest.mark.parametrize(
    ("expires_on", "today", "expected"),
    [
        pytest.param(None, None, False, id="no end"),
        pytest.param(date(2026, 3, 2), date(2026, 3, 2), False, id="the last day counts"),
        pytest.param(date(2026, 3, 2), date(2026, 3, 3), True, id="the day after"),
        pytest.param(date(2026, 3, 2), None, True, id="an unknown day proves nothing"),
    ],
)
def test_mandates_end_after_their_last_day(expires_on, today, expected):
    assert rules.has_expired(expires_on, today) is expected


def test_paths_name_every_organ_from_the_root():
    path = rules.organ_path(rules.organ_path("", CITY), COUNTY)

    assert rules.ancestors(path) == (CITY, COUNTY)


@pytest.mark.parametrize(
    ("grants", "role", "organ", "matter", "expected"),
    [
        pytest.param([CLERK_CITY], Role.CLERK, CITY, None, True, id="own organ"),
        pytest.param([CLERK_CITY], Role.CLERK, COUNTY, "m1", True, id="organ below"),
        pytest.param([CLERK_CITY], Role.CLERK, OTHER, None, False, id="another city"),
        pytest.param([CLERK_CITY], Role.DECIDER, CITY, None, False, id="another role"),
        pytest.param([CLERK_ONE_MATTER], Role.CLERK, CITY, "m1", True, id="listed matter"),
        pytest.param([CLERK_ONE_MATTER], Role.CLERK, CITY, "m2", False, id="unlisted matter"),
        pytest.param([CLERK_ONE_MATTER], Role.CLERK, CITY, None, True, id="some matter"),
        pytest.param([], Role.CLERK, CITY, None, False, id="nothing"),
    ],
)
def test_rights(grants, role, organ, matter, expected):
    assert actor(*grants).may(role, organ, matter) is expected


def test_organs_of_a_role_are_united():
    someone = actor(CLERK_CITY, Grant(Role.CLERK, frozenset({OTHER})), Grant(Role.DECIDER, frozenset({"x"})))

    assert someone.organs_for(Role.CLERK) == {CITY, COUNTY, OTHER}
    assert someone.roles == {Role.CLERK, Role.DECIDER}


@pytest.mark.parametrize(
    ("held", "present", "lost"),
    [
        pytest.param([CLERK_CITY], [CLERK_CITY], 0, id="unchanged"),
        pytest.param([CLERK_CITY], [], 1, id="taken back"),
        pytest.param([CLERK_CITY], [CLERK_ONE_MATTER], 1, id="narrowed"),
        pytest.param([CLERK_ONE_MATTER], [CLERK_CITY], 0, id="widened"),
        pytest.param([CLERK_CITY], [Grant(Role.DECIDER, CLERK_CITY.organs)], 1, id="another role instead"),
        pytest.param([], [CLERK_CITY], 0, id="gained"),
    ],
)
def test_lost_grants(held, present, lost):
    assert len(rules.lost_grants(held, present)) == lost


def test_only_administrators_of_the_organ_and_the_system_administer():
    administrator = actor(Grant(Role.ADMINISTRATOR, frozenset({CITY})))

    assert rules.may_administer(administrator, CITY)
    assert not rules.may_administer(administrator, OTHER)
    assert not rules.may_administer(actor(CLERK_CITY), CITY)
    assert rules.may_administer(SYSTEM, OTHER)


def test_the_party_is_the_company_acted_for():
    person = Actor(ref=make_ref("person", "p1"), name="测试人", on_behalf_of="company:x")

    assert person.party == "company:x"
    assert actor().party == "staff:a1"
    assert not person.is_staff
    assert SYSTEM.is_system


def test_every_role_has_a_chinese_label():
    assert set(ROLE_LABELS) == set(Role)
    assert all(role.label for role in Role)
    assert all(role.label for role in MemberRole)
