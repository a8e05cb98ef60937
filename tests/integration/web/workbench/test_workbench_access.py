"""Who may see what: gates on every address, other cities, roles, files."""

import pytest
from django.urls import get_resolver

from suban.cases.types import State
from suban.web.account.gates import permission_of
from suban.web.workbench import urls

ACTS = ("accept", "correction", "grant", "refuse", "dispatch", "hand-over", "steps/examine", "on-spot")


def test_every_address_names_its_permission() -> None:
    patterns = {pattern.name: pattern.callback for pattern in urls.urlpatterns}

    undeclared = [
        name for name, view in patterns.items() if not (permission_of(view) or "").startswith("staff")
    ]

    assert patterns
    assert undeclared == []
    assert ("workbench", "workbench") in {
        (entry.app_name, entry.namespace)
        for entry in get_resolver().url_patterns
        if getattr(entry, "app_name", "")
    }


def test_a_visitor_is_asked_to_sign_in(client, db: None) -> None:
    answer = client.get("/workbench/")

    assert answer.status_code == 302
    assert answer["Location"] == "/account/sign-in?next=/workbench/"


@pytest.mark.parametrize("page", ["", "supervision", "administration", "messages", "cases/JS1"])
def test_applicants_stay_out(desk, page: str) -> None:
    assert desk("yaoshi").get(f"/workbench/{page}").status_code == 403


@pytest.mark.parametrize("page", ["supervision", "administration", "messages"])
def test_a_clerk_stays_out_of_the_offices_of_others(desk, page: str) -> None:
    assert desk("shouli").get(f"/workbench/{page}").status_code == 403


def test_another_citys_clerk_finds_nothing(desk, number: str, file_of) -> None:
    stranger = desk("nanjing")
    key = file_of("shouli", number).slots[0].given[0].key

    seen = {
        stranger.get(f"/workbench/cases/{number}").status_code,
        stranger.get(f"/workbench/cases/{number}/materials/{key}").status_code,
        stranger.get(f"/workbench/cases/{number}/correction").status_code,
        stranger.post(f"/workbench/cases/{number}/accept", {"seq": "1"}).status_code,
        stranger.get("/workbench/cases/JS0000-2026-0000000-0").status_code,
    }

    assert seen == {404}
    assert number not in stranger.get("/workbench/?view=open").content.decode()


def test_an_officer_without_the_role_sees_no_act_and_may_do_none(desk, number: str, file_of) -> None:
    dispatcher = desk("fazheng")

    page = dispatcher.get(f"/workbench/cases/{number}").content.decode()
    answers = {dispatcher.post(f"/workbench/cases/{number}/{act}").status_code for act in ACTS[:4]}

    assert "这个办件现在不需要您办理" in page
    assert "确认受理" not in page
    assert answers == {403}
    assert file_of("shouli", number).state is State.SUBMITTED


@pytest.mark.parametrize(
    ("slot", "media_type"), [("photo", "image/png"), ("health_proof", "application/pdf")]
)
def test_a_material_is_shown_under_headers_that_keep_it_harmless(
    desk, number: str, file_of, slot: str, media_type: str
) -> None:
    given = next(view for view in file_of("shouli", number).slots if view.material.slot == slot).given[0]

    answer = desk("shouli").get(f"/workbench/cases/{number}/materials/{given.key}")

    assert answer.status_code == 200
    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert len(b"".join(answer.streaming_content)) == int(answer["Content-Length"])


def test_a_register_record_has_no_file(desk, number: str, file_of) -> None:
    held = next(
        view for view in file_of("shouli", number).slots if view.material.slot == "identity_proof"
    ).given[0]

    assert desk("shouli").get(f"/workbench/cases/{number}/materials/{held.key}").status_code == 404


def test_nothing_stays_in_a_cache(desk, number: str) -> None:
    assert "no-store" in desk("shouli").get(f"/workbench/cases/{number}")["Cache-Control"]


def test_who_hands_over_sees_where_to_but_not_what_was_applied_with(desk, number: str, file_of) -> None:
    key = next(v for v in file_of("shouli", number).slots if v.material.slot == "photo").given[0].key
    dispatcher = desk("fazheng")

    page = dispatcher.get(f"/workbench/cases/{number}").content.decode()

    assert "只对承办这个办件的人员开放" in page
    assert "林示例" in page
    assert "京口区演示路 18 号" in page
    assert "329900198203150024" not in page
    assert "江苏示例药科大学" not in page
    assert dispatcher.get(f"/workbench/cases/{number}/materials/{key}").status_code == 404


def test_who_supervises_sees_the_progress_of_somebody_masked(desk, number: str) -> None:
    page = desk("guanli").get(f"/workbench/cases/{number}").content.decode()

    assert "林**" in page
    assert "林示例" not in page
    assert "经过" in page
    assert "京口区" not in page
