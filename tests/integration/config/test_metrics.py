"""Figures for a monitoring system: for who knows the token, and about nobody."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from suban.config.sharing import share_metrics
from suban.foundation.models import Delivery
from suban.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(settings.SUBAN, "metrics_token", "a-token-of-tests")
    return "a-token-of-tests"


def test_without_the_setting_there_is_no_such_page(client: Client) -> None:
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", "Basic a-token-of-tests", "Bearer 不对"])
def test_whoever_has_no_token_learns_nothing(client: Client, token: str, given: str) -> None:
    assert client.get("/metrics", headers={"Authorization": given}).status_code == 404


def test_it_counts_requests_by_page_and_what_waits(client: Client, token: str) -> None:
    Delivery.objects.create(key="a", handler="h", topic="t", payload="{}")
    Delivery.objects.create(key="b", handler="h", topic="t", payload="{}", state="dead", settled_at=now())
    client.get("/track?number=JS3211-2026-0000001-8")

    told = client.get("/metrics", headers={"Authorization": f"Bearer {token}"}).content.decode()

    assert "suban_outbox_waiting 1.0" in told
    assert "suban_outbox_dead 1.0" in told
    assert 'suban_requests_total{method="GET",status="200",view="portal:track"}' in told
    assert 'suban_request_seconds_bucket{le="0.5",view="portal:track"}' in told
    assert "JS3211" not in told


def test_figures_of_processes_that_are_gone_are_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    gone, living = tmp_path / "counter_4194305.db", tmp_path / f"counter_{os.getpid()}.db"
    gone.touch()
    living.touch()

    share_metrics(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == [living.name]
