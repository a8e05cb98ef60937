"""The whole journey through the interface, as `suban journey` plays it, with the worker beside."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from tests.integration.api.conftest import Program
from tests.integration.cases.conftest import FakeEms

from suban.config.journey import playing
from suban.config.journey.callers import JourneyError, Site
from suban.config.journey.playing import Journey
from suban.config.wsgi import application
from suban.demo.loading import write_accounts
from suban.foundation.services.outbox import run_due
from suban.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Let the requests share the test's connection, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def journey(
    one_connection: None, province: None, ems: FakeEms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Journey:
    write_accounts(tmp_path)
    accounts: dict[str, Any] = json.loads((tmp_path / "demo" / "accounts.json").read_text())
    monkeypatch.setattr(playing, "_FOR_POSTMAN", 0.0)
    site = Site("http://127.0.0.1")

    def work(_: httpx.Response) -> None:
        while run_due(at=now()):
            pass

    site.http = httpx.Client(
        base_url="http://127.0.0.1/api/v1",
        transport=httpx.WSGITransport(app=application),
        event_hooks={"response": [work]},
    )
    return Journey(site=site, accounts=accounts, folder=tmp_path / "journeys", say=lambda _: None)


def test_everybody_plays_their_part_and_the_licence_is_kept(journey: Journey, applicant: Program) -> None:
    story = journey.play().as_json()

    assert (story["materials"], story["uploaded"], story["held"]) == (7, 2, 3)
    assert Path(story["licence_file"]).is_absolute()
    assert Path(story["licence_file"]).read_bytes().startswith(b"%PDF-")
    assert story["parcel_number"]
    names = [event["name"] for event in story["events"]]
    assert names.index("submitted") < names.index("accepted") < names.index("granted")
    _check_what_others_see(story, applicant)


def _check_what_others_see(story: dict[str, Any], applicant: Program) -> None:
    number, licence = story["case_number"], story["licence_id"]
    visitor = Program("")
    public = visitor.get(f"/public/licences/{licence}").json()
    assert public["status"] == "01"
    assert "林示例" not in public["holder"]
    assert visitor.get(f"/licences/{licence}/file").status_code == 401
    receipt = applicant.get(f"/cases/{number}/receipt").json()
    assert applicant.post(f"/cases/{number}/submit").json()["official_number"] == receipt["official_number"]
    given = {"number": receipt["official_number"], "query_code": receipt["query_code"]}
    assert visitor.post("/progress", given).json()["state"] == "dispatched"
    assert visitor.post("/progress", {**given, "query_code": "000000x"}).status_code == 404
    assert [line["id"] for line in applicant.get("/licences").json()["items"]] == [licence]
    assert applicant.get(f"/licences/{licence}").json()["case"] == f"case:{number}"


def test_the_first_step_that_fails_is_named(journey: Journey) -> None:
    journey.accounts["matter"] = "0"

    with pytest.raises(JourneyError, match="POST /cases → 404"):
        journey.play()
