"""Rights reach a subtree, are compared at every act, and end at once."""

import pytest

from suban.foundation.queries.evidence import list_events
from suban.identity import queries, services
from suban.identity.errors import (
    MayNotGrantError,
    OrganExistsError,
    RightLostError,
    UnknownOrganError,
    UnknownStaffError,
)
from suban.identity.types import SYSTEM, Role

pytestmark = pytest.mark.django_db


def test_a_right_reaches_the_subtree_and_no_other_city(organs, hire, act_as, at):
    staff = hire("clerk")
    services.grant_role(staff=staff, role=Role.CLERK, organ=organs.city, by=SYSTEM, at=at)

    clerk = act_as(staff)

    assert clerk.organs_for(Role.CLERK) == {organs.city, organs.county}
    assert clerk.organ == organs.city
    assert not clerk.may(Role.CLERK, organs.other_city)
    assert not clerk.may(Role.CLERK, organs.province)
    assert not clerk.may(Role.DECIDER, organs.city)


def test_rights_for_listed_matters_only(organs, hire, act_as, at):
    staff = hire("clerk")
    services.grant_role(staff=staff, role=Role.CLERK, organ=organs.city, matters={"m1"}, by=SYSTEM, at=at)

    assert act_as(staff).may(Role.CLERK, organs.county, "m1")
    assert not act_as(staff).may(Role.CLERK, organs.county, "m2")
    assert queries.list_grants(staff)[0].matters == ("m1",)


def test_an_act_after_revocation_is_refused(organs, hire, act_as, at, later):
    staff = hire("clerk")
    services.grant_role(staff=staff, role=Role.CLERK, organ=organs.city, by=SYSTEM, at=at)
    signed_in = act_as(staff)
    assert queries.recheck(signed_in) == signed_in

    services.revoke_role(staff=staff, role=Role.CLERK, organ=organs.city, by=SYSTEM, at=later)

    with pytest.raises(RightLostError):
        queries.recheck(signed_in)
    assert act_as(staff).grants == ()


def test_a_right_gained_meanwhile_does_not_disturb(organs, hire, act_as, at, later):
    staff = hire("clerk")
    services.grant_role(staff=staff, role=Role.CLERK, organ=organs.city, by=SYSTEM, at=at)
    signed_in = act_as(staff)

    services.grant_role(staff=staff, role=Role.EXAMINER, organ=organs.city, by=SYSTEM, at=later)

    assert queries.recheck(signed_in).roles == {Role.CLERK, Role.EXAMINER}


def test_a_closed_account_acts_no_more(city_administrator, hire, act_as, at):
    staff = hire("clerk")
    signed_in = act_as(staff)

    services.close_account(username="clerk", by=city_administrator, at=at)

    with pytest.raises(RightLostError):
        queries.recheck(signed_in)
    assert not queries.get_staff(staff).is_active


def test_the_system_needs_no_recheck():
    assert queries.recheck(SYSTEM) is SYSTEM


def test_administrators_grant_within_their_organs_only(organs, hire, city_administrator, at):
    staff = hire("clerk")
    services.grant_role(staff=staff, role=Role.CLERK, organ=organs.county, by=city_administrator, at=at)

    for organ in (organs.other_city, organs.province):
        with pytest.raises(MayNotGrantError):
            services.grant_role(staff=staff, role=Role.CLERK, organ=organ, by=city_administrator, at=at)
    with pytest.raises(MayNotGrantError):
        services.create_staff(
            username="other",
            password="x" * 12,
            name="演示员",
            organ=organs.other_city,
            post="窗口",
            by=city_administrator,
            at=at,
        )


def test_a_clerk_grants_nothing(organs, hire, act_as, at):
    staff = hire("clerk")
    services.grant_role(staff=staff, role=Role.CLERK, organ=organs.city, by=SYSTEM, at=at)

    with pytest.raises(MayNotGrantError):
        services.grant_role(staff=staff, role=Role.DECIDER, organ=organs.city, by=act_as(staff), at=at)
    with pytest.raises(MayNotGrantError):
        services.revoke_role(staff=staff, role=Role.DECIDER, organ=organs.city, by=SYSTEM, at=at)


def test_rights_of_a_post_reach_its_holders_and_stay_with_it(organs, hire, act_as, at, later):
    first = hire("first", post="受理岗")
    given = {"post_organ": organs.city, "post": "受理岗", "role": Role.CLERK, "organ": organs.city}
    services.grant_role_to_post(**given, by=SYSTEM, at=at)
    second = hire("second", post="受理岗")
    assert act_as(first).may(Role.CLERK, organs.county)
    assert act_as(second).may(Role.CLERK, organs.county)
    assert queries.list_grants(second)[0].holder == "post"

    services.move_staff(staff=second, organ=organs.city, post="其他岗", by=SYSTEM, at=later)
    assert not act_as(second).may(Role.CLERK, organs.city)

    services.revoke_role_from_post(**given, by=SYSTEM, at=later)
    assert not act_as(first).may(Role.CLERK, organs.city)
    with pytest.raises(MayNotGrantError):
        services.revoke_role_from_post(**given, by=SYSTEM, at=later)
    with pytest.raises(UnknownStaffError):
        services.grant_role_to_post(**{**given, "post": "没有"}, by=SYSTEM, at=at)


def test_a_new_organ_falls_under_rights_held_above(organs, hire, act_as, at):
    staff = hire("clerk")
    services.grant_role(staff=staff, role=Role.CLERK, organ=organs.city, by=SYSTEM, at=at)
    before = act_as(staff)
    fresh = "91321102MA1ABMR0X6"
    assert fresh not in before.organs_for(Role.CLERK)

    services.register_organ(
        uscc=fresh,
        name="新设分局",
        short_name="分局",
        level="5",
        region_code="321102001",
        parent=organs.county,
        at=at,
    )

    assert act_as(staff).may(Role.CLERK, fresh)


def test_eligible_staff_are_those_who_may(organs, hire, at):
    city = hire("city-examiner")
    county = hire("county-examiner", organ=organs.county, post="审查岗")
    hire("bystander")
    services.grant_role(staff=city, role=Role.EXAMINER, organ=organs.city, matters={"m1"}, by=SYSTEM, at=at)
    services.grant_role_to_post(
        post_organ=organs.county, post="审查岗", role=Role.EXAMINER, organ=organs.county, by=SYSTEM, at=at
    )

    def eligible(organ: str, matter: str | None) -> set[str]:
        return set(queries.find_eligible_staff(role=Role.EXAMINER, organ=organ, matter=matter))

    assert eligible(organs.county, "m1") == {city, county}
    assert eligible(organs.county, "m2") == {county}
    assert eligible(organs.city, "m1") == {city}
    assert eligible(organs.other_city, "m1") == set()
    assert eligible("nowhere", "m1") == set()

    services.close_account(username="county-examiner", by=SYSTEM, at=at)
    assert eligible(organs.county, "m2") == set()


def test_every_change_of_rights_is_evidence(organs, hire, at, later):
    staff = hire("clerk")
    services.grant_role(staff=staff, role=Role.CLERK, organ=organs.city, by=SYSTEM, at=at)
    services.revoke_role(staff=staff, role=Role.CLERK, organ=organs.city, by=SYSTEM, at=later)

    events = list_events(staff)

    assert [event.type for event in events] == [
        "identity.staff_registered",
        "identity.role_granted",
        "identity.role_revoked",
    ]
    assert dict(queries.StaffHeads().list_heads()) == {staff: events[-1].head}


def test_organs_stand_in_a_tree(organs, at):
    assert queries.get_organ(organs.county).parent == organs.city
    assert queries.get_organ(organs.city).ref == f"organ:{organs.city}"
    assert queries.subtree(organs.province) == {
        organs.province,
        organs.city,
        organs.county,
        organs.other_city,
    }
    assert [view.uscc for view in queries.list_organs(under=organs.city)] == [organs.city, organs.county]
    assert [view.uscc for view in queries.list_organs(region_code="320100")] == [organs.other_city]
    assert queries.organ_pk(organs.city) > 0
    for ask in (queries.get_organ, queries.organ_pk, queries.subtree):
        with pytest.raises(UnknownOrganError):
            ask("nowhere")


def test_an_organ_is_registered_once_under_a_known_parent(organs, at):
    given = {"name": "某局", "short_name": "某", "level": "3", "region_code": "321100", "at": at}

    with pytest.raises(OrganExistsError):
        services.register_organ(uscc=organs.city, **given)
    with pytest.raises(UnknownOrganError):
        services.register_organ(uscc="91321102MA1ABMR0X6", parent="nowhere", **given)


def test_staff_are_listed_under_their_organ(organs, hire):
    hire("city-clerk")
    hire("county-clerk", organ=organs.county)

    assert [view.username for view in queries.list_staff(organs.city)] == ["city-clerk", "county-clerk"]
    assert [view.username for view in queries.list_staff(organs.county)] == ["county-clerk"]
    for ask in (queries.get_staff, queries.list_grants):
        with pytest.raises(UnknownStaffError):
            ask("staff:none")


def test_jiangsu_has_13_cities_and_can_be_imported_twice():
    services.import_regions_of_jiangsu()
    services.import_regions_of_jiangsu()

    cities = queries.list_regions("320000")

    assert [region.name for region in queries.list_regions()] == ["江苏省"]
    assert len(cities) == 13
    assert "镇江市" in {city.name for city in cities}
    assert "329900" not in {city.code for city in cities}
