"""The demo's load: interrupted anywhere, the next one finishes it; once finished, nothing is done twice."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from suban.demo import loading
from suban.demo.people import APPLICANT, COMPANY, EMPLOYER, OFFICERS, PASSWORD
from suban.identity import queries
from suban.kernel.clock import now

pytestmark = pytest.mark.django_db
STEPS = (
    "register_organ",
    "create_staff",
    "grant_role",
    "register_company",
    "register_person",
    "create_login",
    "add_company_member",
)
INTERRUPT = "interrupt after one step"
MOST = 100


class InterruptedLoadError(Exception):
    """Somebody pulled the plug."""


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the steps; one matter is enough here, for reading all of them takes long."""
    done: Counter[str] = Counter()

    def count(step: Callable[..., Any], /, **values: Any) -> Any:
        result = step(**values)
        done[step.__name__] += 1
        if done[INTERRUPT]:
            raise InterruptedLoadError
        return result

    for name in STEPS:
        monkeypatch.setattr(loading, name, partial(count, getattr(loading, name)))
    monkeypatch.setattr(loading, "list_matters", partial(list, [next(loading.list_matters())]))
    return done


def load(data: Path, done: Counter[str], *, interrupt: bool = False) -> bool:
    done.clear()
    done[INTERRUPT] = int(interrupt)
    try:
        loading.load_demo(data=data, at=now(), say=lambda _: None)
    except InterruptedLoadError:
        return False
    return True


def test_a_load_interrupted_after_every_step_is_finished_by_the_next_ones(
    tmp_path: Path, done: Counter[str]
) -> None:
    loads = 0
    steps: Counter[str] = Counter()
    while not load(tmp_path, done, interrupt=True):
        loads += 1
        steps += done
        assert loads < MOST

    assert set(steps) - {INTERRUPT} == set(STEPS)
    for officer in (*OFFICERS, loading.STRANGER):
        ref = next(one.ref for one in queries.list_staff(officer.organ) if one.username == officer.username)
        assert {grant.role for grant in queries.list_grants(ref)} == set(officer.roles)
    employer = queries.find_person_by_citizen_id(EMPLOYER.citizen_id)
    assert employer
    assert [view.uscc for view in queries.list_companies_of(employer)] == [COMPANY]
    asked = RequestFactory().post("/account/sign-in")
    for username in (APPLICANT.username, EMPLOYER.username, "shouli", "nanjing"):
        assert authenticate(asked, username=username, password=PASSWORD) is not None


def test_a_second_load_does_nothing_again(tmp_path: Path, done: Counter[str]) -> None:
    assert load(tmp_path, done)
    assert done.total() > 30

    assert load(tmp_path, done)

    assert done.total() == 0
