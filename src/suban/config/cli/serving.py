"""`suban serve`: the site, a worker, and in demo mode the simulators, kept alive together."""

import argparse
import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from suban.config.cli import Commands
from suban.config.cli.processes import Child, supervise
from suban.config.environment import Environment, environment

THREADS: Final = 16
# name: (address, secret, demo secret); the site reads the first two, the simulator the secret.
SIMULATORS: Final = {
    "registers": ("SUBAN_REGISTERS_URL", "SUBAN_REGISTERS_SECRET", "demo-app-key"),
    "sms": ("SUBAN_SMS_URL", "SUBAN_SMS_SECRET", "demo-sms-secret"),
    "department": ("SUBAN_DEPARTMENT_URL", "SUBAN_DEPARTMENT_SECRET", "demo-department-secret"),
    "ems": ("SUBAN_CARRIER_URL", "SUBAN_CARRIER_SECRET", "demo-carrier-secret"),
}
CARRIER_CALLBACK: Final = "/api/carrier/callbacks"


def register(commands: Commands) -> None:
    """Add `serve`."""
    command = commands.add_parser(
        "serve",
        help="serve the site, with a worker",
        description="Serve the site on PORT (8000), with a worker, until SIGTERM or Ctrl-C. "
        "In demo mode the simulators of registers, SMS, EMS and a department's system run beside it.",
    )
    command.set_defaults(run=_serve)


def _serve(_: argparse.Namespace) -> int:
    env = environment()
    fault = find_port_fault(env.host, env.port)
    if fault:
        print(fault, file=sys.stderr)
        return 1
    simulators = _plan_simulators(env) if env.demo else []
    return supervise(
        [*simulators, _plan_worker(), _plan_web(env)], url=f"http://{_reachable(env)}:{env.port}"
    )


def find_port_fault(host: str, port: int) -> str:
    """Return in words why nobody can listen on `port`, or nothing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            return (
                f"端口 {port} 无法使用（{error.strerror}），没有启动。"
                f"请换一个端口：PORT={port + 1} make demo\n"
                f"Port {port} can't be used ({error.strerror}); nothing was started. "
                f"Choose another: PORT={port + 1} make demo"
            )
    return ""


def _plan_web(env: Environment) -> Child:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", env.host, "--port", str(env.port)]
    command += ["--workers", "1", "--blocking-threads", str(THREADS), "--backlog", "1024"]
    command += ["--backpressure", str(4 * THREADS), "--http1-header-read-timeout", "15000"]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "error"]
    static = env.data / "static"
    if static.is_dir():
        command += ["--static-path-route", "/static", "--static-path-mount", str(static)]
    return Child("web", (*command, "suban.config.wsgi:application"))


def _plan_worker() -> Child:
    return Child("worker", (sys.executable, "-m", "suban.config.cli", "worker"))


def _plan_simulators(env: Environment) -> list[Child]:
    # The children inherit the addresses: what is set by hand stays, and no simulator is started for it.
    if find_spec("suban.simulators") is None:
        return []
    from suban.simulators.__main__ import SIMULATORS as known  # noqa: PLC0415,N811 - may be missing

    children = []
    for name, (address, secret, demo_secret) in SIMULATORS.items():
        if name in known and not os.environ.get(address):
            os.environ.setdefault(secret, demo_secret)
            port = _free_port()
            os.environ[address] = f"http://127.0.0.1:{port}"
            children.append(_plan_simulator(name, port, env))
    return children


def _plan_simulator(name: str, port: int, env: Environment) -> Child:
    folder: Path = env.data / "simulators" / name
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "suban.simulators", name, "--port", str(port), "--data", str(folder)]
    if name == "ems":
        command += ["--callback", f"http://{_reachable(env)}:{env.port}{CARRIER_CALLBACK}"]
    if name == "department":
        command += ["--site", f"http://{_reachable(env)}:{env.port}"]
    return Child(name, tuple(command))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _reachable(env: Environment) -> str:
    return "127.0.0.1" if env.host in {"0.0.0.0", "::", "[::]"} else env.host  # noqa: S104 - compared only
