"""The `suban` command: plain help, clear refusals."""

import socket

import pytest

from suban.config.cli import build_parser, main
from suban.config.cli.serving import find_port_fault
from suban.config.environment import environment


@pytest.mark.parametrize(
    "command",
    ["serve", "worker", "migrate", "setup", "check", "organ", "staff", "matter", "audit", "journey"],
)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        build_parser().parse_args([command, "--help"])

    assert end.value.code == 0
    assert command in capsys.readouterr().out


def test_a_taken_port_is_said_in_both_languages_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        fault = find_port_fault("127.0.0.1", port)

    assert f"端口 {port} 无法使用" in fault
    assert f"PORT={port + 1}" in fault
    assert find_port_fault("127.0.0.1", port) == ""


def test_serve_starts_nothing_on_a_taken_port(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(environment(), "port", taken.getsockname()[1])

        assert main(["serve"]) == 1
    assert "Port" in capsys.readouterr().err


def test_a_missing_secret_stops_the_start_and_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUBAN_DEMO", "0")
    monkeypatch.delenv("SUBAN_SECRET_KEY", raising=False)
    environment.cache_clear()

    assert main(["serve"]) == 2
    environment.cache_clear()
    assert "SUBAN_SECRET_KEY" in capsys.readouterr().err
