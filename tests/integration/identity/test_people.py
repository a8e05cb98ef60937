"""People are registered once, stored sealed, and read with a line in the log."""

from datetime import date, timedelta

import pytest

from suban.foundation.queries.access_log import list_reads
from suban.identity import queries, services
from suban.identity.errors import (
    InvalidDetailsError,
    PersonExistsError,
    UnknownAccountError,
    UnknownPersonError,
    UsernameTakenError,
)
from suban.identity.models import Person
from suban.identity.types import SYSTEM
from suban.kernel.errors import ConflictError
from suban.kernel.identifiers import InvalidIdentifierError, Sex

pytestmark = pytest.mark.django_db


def test_a_person_is_found_by_number_and_read_in_full(register, citizen_id, at):
    ref = register(2)

    details = queries.read_person(person=ref, by=SYSTEM, purpose="测试", at=at)

    assert queries.find_person_by_citizen_id(citizen_id(2)) == ref
    assert queries.find_person_by_citizen_id(citizen_id(4)) is None
    assert details.name == "测试人"
    assert details.citizen_id == citizen_id(2)
    assert details.birth_date == date(1982, 3, 15)
    assert details.sex is Sex.FEMALE


def test_nothing_personal_is_stored_in_clear(register, citizen_id):
    register(2)

    row = Person.objects.values().get()

    for personal in ("测试人", citizen_id(2), "13800000001", "someone@example.cn", "演示省演示市一号"):
        assert all(personal not in str(value) for value in row.values())
        assert all(personal.encode() not in bytes(v) for k, v in row.items() if k.endswith("_sealed"))


def test_the_same_number_is_refused_with_a_way_on(register):
    register(2)

    with pytest.raises(PersonExistsError, match="已注册") as refusal:
        register(2, phone="13900000002")

    assert isinstance(refusal.value, ConflictError)
    assert Person.objects.count() == 1


def test_a_small_x_is_the_same_number(citizen_id, at):
    number = next(citizen_id(n) for n in range(1, 200) if citizen_id(n).endswith("X"))

    ref = services.register_person(name="测试人", citizen_id=number.lower(), phone="13800000001", at=at)

    assert queries.find_person_by_citizen_id(number) == ref


def test_a_wrong_check_digit_is_refused(citizen_id, at):
    wrong = citizen_id(2)[:-1] + ("1" if citizen_id(2)[-1] != "1" else "2")

    with pytest.raises(InvalidIdentifierError):
        services.register_person(name="测试人", citizen_id=wrong, phone="13800000001", at=at)


def test_every_read_is_logged_with_who_why_and_what(register, hire, act_as, at):
    ref = register(2)
    clerk = act_as(hire("clerk"))

    queries.read_person(person=ref, by=clerk, purpose="审查", case="case:X-1", at=at)

    entry = list_reads(ref)[0]
    assert (entry.actor, entry.purpose, entry.case) == (clerk.ref, "审查", "case:X-1")
    assert "公民身份号码" in entry.what


def test_another_applicant_is_not_told_that_the_person_exists(register, act_as, at):
    ref = register(2)
    register(4, "nosy", phone="13900000002")

    with pytest.raises(UnknownPersonError):
        queries.read_person(person=ref, by=act_as("nosy"), purpose="好奇", at=at)
    with pytest.raises(UnknownPersonError):
        queries.read_person(person="person:none", by=SYSTEM, purpose="测试", at=at)


def test_applicant_and_account_come_together_or_not_at_all(register, citizen_id, at):
    register(2, "taken")
    given = {"name": "测试人", "phone": "13900000002", "password": "a-test-password-1", "at": at}

    with pytest.raises(UsernameTakenError):
        services.register_applicant(citizen_id=citizen_id(4), username="Taken", **given)
    with pytest.raises(PersonExistsError):
        services.register_applicant(citizen_id=citizen_id(2), username="fresh", **given)

    assert queries.find_person_by_citizen_id(citizen_id(4)) is None
    ref = services.register_applicant(citizen_id=citizen_id(4), username="fresh", **given)
    assert queries.find_username_by_phone("13900000002") == "fresh"
    assert ref.startswith("person:")


def test_one_person_has_one_account(register, at):
    ref = register(2, "someone")

    with pytest.raises(UsernameTakenError):
        services.create_login(username="second", password="x" * 12, person=ref, at=at)
    with pytest.raises(UnknownPersonError):
        services.create_login(username="third", password="x" * 12, person="person:none", at=at)


def test_a_shared_phone_signs_in_whoever_had_it_first(register, at):
    register(2, "first")
    second = register(4, "second")

    assert queries.find_username_by_phone("13800000001") == "first"

    services.update_contact(person=second, phone="13900000009")
    services.update_contact(person=second, phone="13800000001")
    assert queries.find_username_by_phone("13800000001") == "first"
    assert queries.find_username_by_phone("13900000009") is None
    assert queries.get_notice_address(second, at=at).phone == "13800000001"


def test_an_earlier_person_does_not_take_the_phone_of_an_account(citizen_id, at):
    given = {"phone": "13800000001", "at": at}
    earlier = services.register_person(name="先到者", citizen_id=citizen_id(2), **given)
    services.register_applicant(
        name="有账户者", citizen_id=citizen_id(4), username="holder", password="x" * 12, **given
    )

    services.create_login(username="later", password="x" * 12, person=earlier, at=at)

    assert queries.find_username_by_phone("13800000001") == "holder"


def test_a_phone_is_free_again_when_its_account_is_closed(register, at):
    register(2, "first")
    services.close_account(username="first", by=SYSTEM, at=at)

    register(4, "second")

    assert queries.find_username_by_phone("13800000001") == "second"


def test_contact_details_change_and_the_old_phone_no_longer_finds(register, at):
    ref = register(2, "someone")

    services.update_contact(person=ref, phone="139 0000 0009", email="", address="新地址")

    assert queries.find_username_by_phone("13800000001") is None
    assert queries.find_username_by_phone("13900000009") == "someone"
    address = queries.get_notice_address(ref, at=at)
    assert (address.inbox, address.email, address.phone) == (ref, "", "13900000009")
    with pytest.raises(InvalidDetailsError):
        services.update_contact(person=ref, email="nothing")


def test_sending_a_notice_is_a_logged_read(register, at):
    ref = register(2)

    queries.get_notice_address(ref, at=at)

    assert [(read.actor, read.purpose) for read in list_reads(ref)] == [("system:suban", "发送通知")]


def test_assurance_only_rises(register):
    ref = register(2)

    services.confirm_realname_level(person=ref, level=3)
    services.confirm_realname_level(person=ref, level=2)

    assert queries.get_realname_level(ref) == 3


def test_erasure_frees_the_number_and_closes_the_account(register, act_as, citizen_id, at):
    ref = register(2, "someone")
    actor = act_as("someone")

    services.erase_person(person=ref)

    assert queries.find_person_by_citizen_id(citizen_id(2)) is None
    assert queries.get_display_name(ref) == "已注销"
    with pytest.raises(UnknownAccountError):
        queries.get_actor(actor.user_id, at=at)


def test_names_in_lists_are_masked_for_persons_only(register, organs, hire):
    ref = register(2)
    assert (queries.get_display_name(ref), queries.get_masked_name(ref)) == ("测试人", "测**")
    assert queries.get_masked_name(f"organ:{organs.city}") == "演示市食药监局"
    assert queries.get_display_name(f"organ:{organs.city}") == "演示市食药监局"
    assert queries.get_display_name(hire("clerk")) == "演示员"
    assert queries.get_display_name("system:suban") == "速办系统"
    with pytest.raises(UnknownPersonError):
        queries.get_display_name("staff:none")


def test_an_account_is_closed_by_its_owner(register, act_as, at):
    register(2, "someone")
    actor = act_as("someone")

    services.close_account(username="someone", by=actor, at=at + timedelta(minutes=1))

    with pytest.raises(UnknownAccountError):
        act_as("someone")
