"""An installation outside the demo: from an empty folder to one that may serve people."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ORGAN = "11321100MB0AAM0125"
SETUP = (
    "setup",
    *("--organ-code", ORGAN, "--organ-name", "示例市政务服务管理办公室", "--organ-short-name", "示政务"),
    *("--organ-level", "3", "--region", "321100", "--admin", "guanliyuan"),
)
PASSWORD = "a-long-password-of-tests\n"


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Return the settings of docs/how-to/deploy.md, on SQLite."""
    foreign = ("SUBAN_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return kept | {
        "SUBAN_DEMO": "0",
        "SUBAN_DATA": str(tmp_path / "data"),
        "SUBAN_PUBLIC_URL": "https://example.gov.cn",
        "SUBAN_ALLOWED_HOSTS": '["example.gov.cn"]',
        "SUBAN_TRUSTED_PROXIES": "1",
        "SUBAN_SECRET_KEY": secrets.token_hex(32),
        "SUBAN_MASTER_KEY": secrets.token_hex(32),
    }


def suban(
    env: dict[str, str], *arguments: str, typed: str = "", code: int = 0
) -> "subprocess.CompletedProcess[str]":
    ended = subprocess.run(
        [sys.executable, "-m", "suban.config.cli", *arguments],
        env=env,
        cwd=Path(env["SUBAN_DATA"]).parent,
        input=typed,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended


def test_an_empty_folder_becomes_an_installation_that_passes_its_check(env: dict[str, str]) -> None:
    suban(env, "migrate")
    assert "密码不可用" in suban(env, *SETUP, typed="short\n", code=1).stderr

    finished = suban(env, *SETUP, typed=PASSWORD).stdout
    repeated = suban(env, *SETUP).stdout

    assert finished.count("(already there)") == 4  # what was done before the weak password
    assert finished.count("(done)") == 2
    assert repeated.count("(already there)") == 6
    assert "(done)" not in repeated
    assert "import-seal" in repeated
    checked = suban(env, "check").stdout
    assert "FAIL" not in checked
    assert (Path(env["SUBAN_DATA"]) / "trust" / "status-list.json").is_file()
