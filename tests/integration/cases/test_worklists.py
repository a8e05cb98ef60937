"""Worklists and case pages: the same few queries whatever lies in the tables."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suban.cases.models import CaseTask
from suban.cases.queries.applicants import list_my_cases, open_case_for
from suban.cases.queries.staff import open_case_file
from suban.cases.queries.worklists import count_worklists, list_worklist
from suban.identity.types import Actor, Grant, Role
from suban.kernel.clock import civil_day


def many_queries(work) -> int:
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


@pytest.fixture
def heap(office, at):
    """A hundred and twenty tasks on one case, many due on the same day."""
    office.submit()
    task = CaseTask.objects.get(case__number=office.number, done_at=None)
    today = civil_day(at)
    CaseTask.objects.bulk_create(
        CaseTask(
            case=task.case,
            key=f"step{n}",
            role=task.role,
            organ_code=task.organ_code,
            matter_code=task.matter_code,
            due_on=today + timedelta(days=n // 25 - 2),
            opened_at=at,
        )
        for n in range(120)
    )
    return office


def with_matters(actor: Actor, matters: frozenset[str] | None) -> Actor:
    grants = tuple(Grant(role=grant.role, organs=grant.organs, matters=matters) for grant in actor.grants)
    return Actor(
        ref=actor.ref, name=actor.name, realname_level=actor.realname_level, grants=grants, user_id=None
    )


def test_a_page_costs_the_same_for_one_matter_and_for_two_hundred(heap, at) -> None:
    one = with_matters(heap.clerk, frozenset({heap.row.matter_code}))
    two_hundred = with_matters(
        heap.clerk, frozenset({heap.row.matter_code, *(f"matter-{n}" for n in range(199))})
    )

    costs = {
        many_queries(lambda actor=actor: list_worklist(actor=actor, view="open", today=civil_day(at)))
        for actor in (one, two_hundred, heap.clerk)
    }

    assert len(costs) == 1
    assert costs.pop() <= 2
    assert many_queries(lambda: count_worklists(actor=two_hundred, today=civil_day(at))) <= 4


@pytest.mark.parametrize("limit", [1, 7, 50, 121, 200])
def test_paging_shows_every_task_once_in_order(heap, at, limit) -> None:
    seen, cursor = [], ""
    while True:
        page = list_worklist(actor=heap.clerk, view="open", today=civil_day(at), cursor=cursor, limit=limit)
        seen.extend((line.due_on, line.task) for line in page.lines)
        cursor = page.next_cursor
        if not cursor:
            break

    assert len(seen) == len(set(seen)) == 121
    assert [day for day, _ in seen] == sorted(day for day, _ in seen)


@pytest.mark.parametrize("cursor", ["x", "2026-13-40~1", "~", "2026-11-23~x", "2026-11-23~'; DROP"])
def test_a_made_up_cursor_shows_the_first_page(heap, at, cursor) -> None:
    first = list_worklist(actor=heap.clerk, view="open", today=civil_day(at))

    assert list_worklist(actor=heap.clerk, view="open", today=civil_day(at), cursor=cursor) == first


def test_the_views_and_their_counts_agree(heap, at) -> None:
    counts = count_worklists(actor=heap.clerk, today=civil_day(at))

    for view, count in counts.items():
        page = list_worklist(actor=heap.clerk, view=view, today=civil_day(at), limit=500)
        assert len(page.lines) == count, view
    assert counts["overdue"] == 50


def test_without_a_grant_there_is_no_work(heap, sign_in, at) -> None:
    nobody = Actor(ref="staff:x", name="x", realname_level=0, grants=(), user_id=None)

    for actor in (nobody, sign_in("nanjing"), sign_in("fazheng"), sign_in("yaoshi")):
        assert list_worklist(actor=actor, view="open", today=civil_day(at)).lines == ()


def test_a_role_shows_only_its_own_tasks(heap, at) -> None:
    decider = with_matters(heap.decider, None)

    assert Role.DECIDER in {grant.role for grant in decider.grants}
    assert list_worklist(actor=decider, view="open", today=civil_day(at)).lines == ()


def test_opening_a_case_costs_few_queries(office, at) -> None:
    draft = many_queries(lambda: open_case_for(actor=office.applicant, number=office.number, at=at))
    office.propose()
    office.work()
    proposed = many_queries(lambda: open_case_for(actor=office.applicant, number=office.number, at=at))
    filed = many_queries(lambda: open_case_file(actor=office.decider, number=office.number, at=at))
    listed = many_queries(lambda: list_my_cases(actor=office.applicant))

    assert max(draft, proposed) <= 12
    assert filed <= 20
    assert listed <= 2
