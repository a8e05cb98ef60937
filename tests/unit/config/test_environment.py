"""What stops the start: a gateway without its secret, a missing key."""

import secrets
from pathlib import Path

import pytest
from pydantic import ValidationError

from suban.config.environment import GATEWAYS, Environment


def in_production(tmp_path: Path, **settings: str) -> Environment:
    keys = {"secret_key": secrets.token_hex(32), "master_key": secrets.token_hex(32)}
    return Environment(data=tmp_path, demo=False, **{**keys, **settings})


@pytest.mark.parametrize("gateway", GATEWAYS)
def test_a_gateway_without_its_secret_stops_the_start_and_is_named(gateway: str, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=f"SUBAN_{gateway.upper()}_SECRET is not"):
        in_production(tmp_path, **{f"{gateway}_url": "https://gateway.example"})


@pytest.mark.parametrize("gateway", GATEWAYS)
def test_a_gateway_with_its_secret_starts(gateway: str, tmp_path: Path) -> None:
    kept = {f"{gateway}_url": "https://gateway.example", f"{gateway}_secret": "shared"}

    assert getattr(in_production(tmp_path, **kept), f"{gateway}_secret") == "shared"


def test_a_demo_starts_without(tmp_path: Path) -> None:
    assert Environment(data=tmp_path, demo=True, sms_url="http://127.0.0.1:1").sms_secret == ""


@pytest.mark.parametrize("missing", ["secret_key", "master_key"])
def test_only_a_demo_makes_its_own_keys(missing: str, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=f"SUBAN_{missing.upper()} is not set"):
        in_production(tmp_path, **{missing: ""})


def test_a_folder_that_holds_the_demo_is_a_demo_unless_said_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SUBAN_DEMO")
    with pytest.raises(ValidationError, match="SUBAN_SECRET_KEY"):
        Environment(data=tmp_path)
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "accounts.json").write_text("{}")

    assert Environment(data=tmp_path).demo
    assert not in_production(tmp_path).demo
