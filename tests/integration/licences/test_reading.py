"""Who may see which licence, and how it stands in for a material."""

from datetime import UTC, datetime, timedelta

import pytest

from suban.foundation.queries.access_log import list_reads
from suban.foundation.queries.evidence import list_events
from suban.foundation.services.access_log import flush_reads
from suban.identity.types import SYSTEM, Actor, Grant, Role
from suban.kernel.references import Ref
from suban.licences.errors import LicenceNotPermittedError, StatusNotAllowedError, UnknownLicenceError
from suban.licences.models import Licence
from suban.licences.queries import (
    find_held,
    get_licence_for,
    get_licence_of_case,
    get_public_licence,
    list_licences_of,
)
from suban.licences.services import (
    cancel_licence,
    issue_licence,
    restore_licence,
    revoke_licence,
    suspend_licence,
)
from suban.licences.types import Status

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
ORGAN = "11321100MB0AAM0125"
TYPE = "11100000MB0A00042U021"
HOLDER = Actor(ref=Ref("person:0190f3c2aa"), name="赵晓梅")
STRANGER = Actor(ref=Ref("person:0190ffffff"), name="钱某")
FOR_A_COMPANY = Actor(ref=HOLDER.ref, name="赵晓梅", on_behalf_of="company:91321102MA1ABMR0X6")


def staff(role: Role, organ: str = ORGAN) -> Actor:
    return Actor(ref=Ref("staff:01"), name="孙某", grants=(Grant(role=role, organs=frozenset({organ})),))


@pytest.fixture
def licence(seal, request_for) -> str:
    return issue_licence(request=request_for(), at=NOON)


def test_the_holder_sees_her_licence_in_full(licence):
    view = get_licence_for(HOLDER, licence, at=NOON)

    assert view.holder_name == "赵晓梅"
    assert view.face["执业类别"] == "药学"
    assert view.verify_url.endswith(f"/verify/{licence}#{view.code}")
    assert get_licence_of_case(HOLDER, "case:JS1", at=NOON) == view
    assert flush_reads() == 0


@pytest.mark.parametrize("actor", [STRANGER, FOR_A_COMPANY, staff(Role.DECIDER, "11320000MB0A00034N")])
def test_to_everybody_else_there_is_no_such_licence(licence, actor):
    with pytest.raises(UnknownLicenceError):
        get_licence_for(actor, licence, at=NOON)


def test_a_look_by_the_organs_staff_is_written_down(licence):
    get_licence_for(staff(Role.CLERK), licence, at=NOON, purpose="打印证照")
    flush_reads()

    page = list_reads(HOLDER.ref)
    [read] = page if isinstance(page, list) else page.entries
    assert (read.actor, read.purpose, read.case) == ("staff:01", "打印证照", "case:JS1")


def test_strangers_see_a_masked_name_and_nothing_personal(licence):
    public = get_public_licence(licence, at=NOON)

    assert public.holder == "赵*梅"
    assert not hasattr(public, "face")
    with pytest.raises(UnknownLicenceError):
        get_public_licence("1.2.156.3005.2.x", at=NOON)


def test_a_licence_in_force_is_held_for_the_next_case(licence):
    held = find_held(HOLDER.ref, (TYPE,), at=NOON)

    assert held.licence_id == licence
    assert held.file_id == Licence.objects.get().file_id
    assert find_held(STRANGER.ref, (TYPE,), at=NOON) is None
    assert find_held(HOLDER.ref, ("other",), at=NOON) is None
    assert find_held(HOLDER.ref, (TYPE,), at=NOON + timedelta(days=366 * 5)) is None


def test_a_suspended_licence_is_not_held(licence):
    suspend_licence(licence_id=licence, ground="行政处罚", by=staff(Role.DECIDER), at=NOON)

    assert find_held(HOLDER.ref, (TYPE,), at=NOON) is None
    assert list_licences_of(HOLDER.ref, at=NOON)[0].status is Status.SUSPENDED


def test_my_licences_come_newest_first_and_page_by_page(licence, request_for):
    newer = issue_licence(request=request_for(case="case:JS2", serial="124"), at=NOON)

    lines = list_licences_of(HOLDER.ref, at=NOON)

    assert [line.id for line in lines] == [newer, licence]
    assert [line.id for line in list_licences_of(HOLDER.ref, at=NOON, cursor=lines[0].cursor)] == [licence]


def test_a_licence_is_suspended_given_back_rescinded_and_struck_off_in_its_chain(licence):
    decider = staff(Role.DECIDER)

    suspend_licence(licence_id=licence, ground="一", by=decider, at=NOON)
    restore_licence(licence_id=licence, ground="二", by=decider, at=NOON)
    revoke_licence(licence_id=licence, ground="三", by=decider, at=NOON)
    cancel_licence(licence_id=licence, ground="四", by=SYSTEM, at=NOON)

    changes = [event.data for event in list_events(f"licence:{licence}")[2:]]
    assert [(change["from"], change["to"]) for change in changes] == [
        ("01", "02"),
        ("02", "01"),
        ("01", "03"),
        ("03", "04"),
    ]
    with pytest.raises(StatusNotAllowedError):
        cancel_licence(licence_id=licence, ground="五", by=decider, at=NOON)


def test_only_a_decider_of_the_issuing_organ_changes_a_status(licence):
    with pytest.raises(LicenceNotPermittedError):
        suspend_licence(licence_id=licence, ground="一", by=staff(Role.CLERK), at=NOON)
    with pytest.raises(UnknownLicenceError):
        suspend_licence(licence_id=licence, ground="一", by=HOLDER, at=NOON)
    assert Licence.objects.get().status == Status.VALID


def test_a_penalty_names_its_own_kind_of_ending(licence):
    with pytest.raises(ValueError, match="cancel"):
        revoke_licence(licence_id=licence, ground="一", by=SYSTEM, at=NOON, act="cancel")
