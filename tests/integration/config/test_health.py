"""What every installation answers about itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from suban.config import health
from suban.config.cli import main
from suban.foundation.models import SubjectKey
from suban.foundation.services.heartbeats import forget_heartbeat, record_heartbeat
from suban.foundation.services.sealing import seal
from suban.kernel.clock import now

pytestmark = pytest.mark.django_db


def test_it_is_ready_when_a_worker_was_heard_of_lately(client: Client) -> None:
    record_heartbeat(worker="a", at=now() - timedelta(seconds=60))
    record_heartbeat(worker="a", at=now())

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"ready": True, "missing": []})


@pytest.mark.parametrize("silent", [16, 3600])
def test_a_silent_worker_is_named(client: Client, silent: int) -> None:
    record_heartbeat(worker="a", at=now() - timedelta(seconds=silent))

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["missing"]) == (503, ["worker"])


def test_a_stopped_worker_is_missed_at_once(client: Client) -> None:
    record_heartbeat(worker="a", at=now())
    forget_heartbeat(worker="a", at=now())

    assert client.get("/healthz").status_code == 503


def test_a_database_that_is_away_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(health, "find_last_heartbeat", away)

    assert client.get("/healthz").json()["missing"] == ["database", "worker"]


def test_every_answer_carries_a_request_id_and_only_a_sane_one_is_taken_over(client: Client) -> None:
    fresh = client.get("/healthz")["X-Request-ID"]
    kept = client.get("/healthz", headers={"X-Request-ID": "abcd-1234"})["X-Request-ID"]
    refused = client.get("/healthz", headers={"X-Request-ID": "x\ny"})["X-Request-ID"]

    assert len(fresh) == 32
    assert kept == "abcd-1234"
    assert len(refused) == 32


def test_check_passes_on_a_whole_installation(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check"])

    assert (code, "FAIL" in capsys.readouterr().out) == (0, False)


def test_check_notices_another_master_key(capsys: pytest.CaptureFixture[str]) -> None:
    seal(subject="person:a", text="1")
    row = SubjectKey.objects.get()
    SubjectKey.objects.filter(pk=row.pk).update(wrapped=bytes(row.wrapped)[:-1] + b"?")

    assert main(["check"]) == 1
    assert "SUBAN_MASTER_KEY" in capsys.readouterr().out


def test_audit_passes_and_speaks_json(capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    assert main(["audit", "verify", "--json"]) == 0
    assert '"passed": true' in capsys.readouterr().out
    assert main(["audit", "verify"]) == 0
