"""What is somebody's own stays in no cache, whichever gate it stands behind."""

import pytest
from django.test import Client
from django.urls import get_resolver
from tests.architecture.test_urls import list_views
from tests.integration.api.conftest import Program

from suban.identity.models import User
from suban.identity.services import issue_token
from suban.kernel.clock import now
from suban.web.account.gates import permission_of


def own_pages() -> list[str]:
    """Every address of the site behind a gate, its parameters filled with something."""
    pages = []
    for route, view in list_views(get_resolver()):
        if route.startswith("api/") or permission_of(view) in {None, "public"}:
            continue
        pages.append("/" + "/".join("1" if "<" in part else part for part in route.split("/")))
    return pages


@pytest.mark.parametrize("username", ["yaoshi", "shouli", ""])
def test_no_page_behind_a_gate_stays_in_a_cache(sign_in, username: str) -> None:
    client = sign_in(username) if username else Client()
    pages = own_pages()

    answers = {page: client.get(page) for page in pages}
    # A visitor who may not even ask this way is told nothing of anybody.
    kept = [
        page
        for page, answer in answers.items()
        if "no-store" not in answer.get("Cache-Control", "") and (username or answer.status_code != 405)
    ]

    assert len(pages) > 40
    assert kept == []


def test_an_open_page_that_shows_who_is_signed_in_is_not_kept(applicant) -> None:
    assert "no-store" in applicant.get("/")["Cache-Control"]


@pytest.mark.parametrize("path", ["/session", "/cases", "/licences", "/cases/JS1-X"])
def test_no_answer_about_oneself_stays_in_a_programs_cache(province, path: str) -> None:
    user = User.objects.get(username="yaoshi")
    program = Program(issue_token(user_id=user.pk, on_behalf_of="", at=now()).token)

    assert "no-store" in program.get(path)["Cache-Control"]
    assert "no-store" in Program("").get(path)["Cache-Control"]


def test_a_fresh_token_stays_in_no_cache(province) -> None:
    answer = Program("").post("/session", {"username": "yaoshi", "password": "suban-demo-2026"})

    assert answer.status_code == 201
    assert "no-store" in answer["Cache-Control"]
