"""A small made-up province: province, a city with a county, another city; one administrator."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from suban.identity import services
from suban.identity.queries import get_actor, get_staff
from suban.identity.types import SYSTEM, Role
from suban.kernel.identifiers import is_valid_citizen_id, is_valid_uscc

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PASSWORD = "a-test-password-1"


def make_citizen_id(sequence: int) -> str:
    stem = f"32990019820315{sequence:03d}"
    return next(stem + check for check in "0123456789X" if is_valid_citizen_id(stem + check))


def make_uscc(stem: str) -> str:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    return next(stem + check for check in alphabet if is_valid_uscc(stem + check))


@dataclass(frozen=True)
class Province:
    province: str
    city: str
    county: str
    other_city: str


@pytest.fixture
def at():
    return AT


@pytest.fixture
def later():
    return AT + timedelta(minutes=9)


@pytest.fixture
def citizen_id():
    return make_citizen_id


@pytest.fixture
def organs(db):
    places = {
        "province": ("11320000MB0A00034", "演示省药监局", "省药监", "2", "320000", None),
        "city": ("11321100MB0AAM012", "演示市食药监局", "演食药监", "3", "321100", "province"),
        "county": ("11321102MB0AAM013", "演示县市场局", "县市监", "4", "321102", "city"),
        "other_city": ("11320100MB0AAM014", "另一市食药监局", "另食药监", "3", "320100", "province"),
    }
    codes = {key: make_uscc(place[0]) for key, place in places.items()}
    for key, (_, name, short, level, region, parent) in places.items():
        services.register_organ(
            uscc=codes[key],
            name=name,
            short_name=short,
            level=level,
            region_code=region,
            parent=codes[parent] if parent else "",
            at=AT,
        )
    return Province(**codes)


@pytest.fixture
def hire(organs):
    """Return a function that opens a staff account and returns its reference."""

    def hire_one(username: str, organ: str = "", post: str = "窗口"):
        return services.create_staff(
            username=username,
            password=PASSWORD,
            name="演示员",
            organ=organ or organs.city,
            post=post,
            at=AT,
        )

    return hire_one


@pytest.fixture
def act_as(django_user_model):
    """Return a function that gives the actor of a staff reference or account name."""

    def find(who: str, on_behalf_of: str = "", at: datetime = AT):
        name = get_staff(who).username if who.startswith("staff:") else who
        return get_actor(django_user_model.objects.get(username=name).pk, on_behalf_of, at=at)

    return find


@pytest.fixture
def city_administrator(hire, organs, act_as):
    staff = hire("city-admin")
    services.grant_role(staff=staff, role=Role.ADMINISTRATOR, organ=organs.city, by=SYSTEM, at=AT)
    return act_as(staff)


@pytest.fixture
def register():
    """Return a function that registers a person, with an account if a name is given."""

    def register_one(sequence: int, username: str = "", phone: str = "13800000001"):
        ref = services.register_person(
            name="测试人",
            citizen_id=make_citizen_id(sequence),
            phone=phone,
            email="someone@example.cn",
            address="演示省演示市一号",
            at=AT,
        )
        if username:
            services.create_login(username=username, password=PASSWORD, person=ref, at=AT)
        return ref

    return register_one
