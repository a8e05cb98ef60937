"""Data keys in the database: made once, remembered only when committed, destroyed for good."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from suban.foundation.errors import SealBrokenError, SubjectShreddedError
from suban.foundation.models import SubjectKey
from suban.foundation.queries import keys
from suban.foundation.services import sealing
from suban.foundation.services.sealing import blind_index, seal, shred, unseal
from suban.foundation.services.transactions import transaction


@pytest.mark.django_db
def test_text_comes_back_for_its_subject_only() -> None:
    sealed = seal(subject="person:a", text="镇江新区")
    seal(subject="person:b", text="x")

    assert unseal(subject="person:a", sealed=sealed) == "镇江新区"
    with pytest.raises(SealBrokenError):
        unseal(subject="person:b", sealed=sealed)
    with pytest.raises(SealBrokenError):
        unseal(subject="person:nobody", sealed=sealed)


@pytest.mark.django_db
def test_one_key_serves_all_fields_of_a_subject() -> None:
    seal(subject="person:a", text="1")
    seal(subject="person:a", text="2")

    assert SubjectKey.objects.filter(subject="person:a").count() == 1


@pytest.mark.django_db
def test_a_shredded_subject_can_neither_be_read_nor_written() -> None:
    sealed = seal(subject="person:a", text="1")

    shred("person:a")
    shred("person:a")
    shred("person:without-key")

    with pytest.raises(SubjectShreddedError):
        unseal(subject="person:a", sealed=sealed)
    with pytest.raises(SubjectShreddedError):
        seal(subject="person:a", text="2")
    with pytest.raises(SubjectShreddedError):
        seal(subject="person:without-key", text="2")


@pytest.mark.django_db(transaction=True)
def test_shredding_holds_at_once_in_this_process() -> None:
    sealed = seal(subject="person:s", text="1")

    shred("person:s")

    with pytest.raises(SubjectShreddedError):
        unseal(subject="person:s", sealed=sealed)


@pytest.mark.django_db(transaction=True)
def test_a_key_made_in_a_rolled_back_transaction_is_forgotten() -> None:
    def seal_and_fail() -> None:
        with transaction():
            seal(subject="person:r", text="lost")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        seal_and_fail()
    sealed = seal(subject="person:r", text="kept")
    keys.forget_data_key("person:r")

    assert unseal(subject="person:r", sealed=sealed) == "kept"


@pytest.mark.django_db(transaction=True)
def test_a_committed_key_is_read_from_the_database_once(
    django_assert_num_queries: Callable[[int], object],
) -> None:
    sealed = seal(subject="person:m", text="1")

    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert unseal(subject="person:m", sealed=sealed) == "1"


@pytest.mark.django_db
def test_who_comes_second_takes_the_key_of_the_first() -> None:
    sealing._insert_key("person:d")
    first = seal(subject="person:d", text="1")

    sealing._insert_key("person:d")

    assert unseal(subject="person:d", sealed=first) == "1"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_are_first_at_once_share_one_key() -> None:
    start, sealed = threading.Barrier(4), []

    def first() -> None:
        start.wait()
        sealed.append(seal(subject="person:c", text="1"))
        connection.close()

    threads = [threading.Thread(target=first) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    keys.forget_data_key("person:c")

    assert [unseal(subject="person:c", sealed=each) for each in sealed] == ["1"] * 4
    assert SubjectKey.objects.filter(subject="person:c").count() == 1


def test_the_blind_index_is_stable() -> None:
    assert blind_index("phone", "13800000000") == blind_index("phone", "13800000000")
