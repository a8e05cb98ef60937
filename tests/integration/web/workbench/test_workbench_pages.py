"""The lists: what they show, how they are narrowed, and that they cost the same however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suban.foundation.models.outbox import Delivery
from suban.web.workbench.worklist import say_count


@pytest.mark.parametrize(("count", "said"), [(0, "0"), (999, "999"), (1000, "999+")])
def test_counts_end_where_nobody_reads_on(count: int, said: str) -> None:
    assert say_count(count) == said


def test_the_worklist_shows_what_waits_with_what_is_left(desk, number: str) -> None:
    page = desk("shouli").get("/workbench/").content.decode()

    assert number in page
    assert "林**" in page
    assert "剩 7 天" in page
    assert "执业药师首次注册" in page


def test_the_worklist_is_narrowed_by_number_and_matter(desk, number: str) -> None:
    clerk = desk("shouli")

    found = clerk.get("/workbench/", {"view": "open", "text": number[:12]}).content.decode()
    not_found = clerk.get("/workbench/", {"view": "open", "text": "JS9999"}).content.decode()
    nonsense = clerk.get("/workbench/", {"view": "x", "after": "x~y", "task": "nothing"})

    assert f"/workbench/cases/{number}" in found
    assert "没有符合条件的待办" in not_found
    assert nonsense.status_code == 200


def count_queries(ask) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("username", "address"), [("shouli", "/workbench/?view=open"), ("guanli", "/workbench/supervision")]
)
def test_more_work_costs_no_more_queries(desk, number: str, submit, username: str, address: str) -> None:
    officer = desk(username)
    officer.get(address)
    once = count_queries(lambda: officer.get(address))
    for _ in range(3):
        submit()

    again = count_queries(lambda: officer.get(address))

    assert again == once


def test_the_case_page_shows_form_checks_and_registers(desk, number: str) -> None:
    page = desk("shouli").get(f"/workbench/cases/{number}").content.decode()

    assert "药品经营" in page  # the label of scope 2, not its code
    assert "资格证书有效且编号一致" in page
    assert "职业资格证书信息" in page
    assert "怎么算的" in page
    assert "办理期限自今天起算" in page


def test_a_supervisor_sees_load_and_what_presses(desk, number: str) -> None:
    page = desk("guanli").get("/workbench/supervision").content.decode()

    assert "待领取（未分派）" in page
    assert "收件受理" in page


def test_an_administrator_revives_a_dead_letter(desk, at) -> None:
    administrator = desk("guanli")
    dead = Delivery.objects.first()
    assert dead is not None
    Delivery.objects.filter(pk=dead.pk).update(
        state=Delivery.DEAD, attempts=9, last_error="连接不上", settled_at=at
    )

    shown = administrator.get("/workbench/administration").content.decode()
    revived = administrator.post(f"/workbench/administration/dead-letters/{dead.pk}", follow=True)
    unknown = administrator.post("/workbench/administration/dead-letters/999999", follow=True)

    assert "连接不上" in shown
    assert "已放回队列" in revived.content.decode()
    assert unknown.status_code == 200
    dead.refresh_from_db()
    assert dead.state == Delivery.WAITING


def test_the_evidence_is_gone_through_on_request(desk, number: str) -> None:
    page = desk("guanli").get("/workbench/administration?verify=1").content.decode()

    assert "完整，没有改动" in page


def test_what_was_sent_is_shown_with_masked_addresses(desk, number: str, work) -> None:
    work()

    page = desk("guanli").get("/workbench/messages").content.decode()

    assert "申请已提交" in page
    assert "154****0001" in page
    assert "15400000001" not in page
