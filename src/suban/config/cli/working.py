"""`suban worker`: empties the outbox and runs what is scheduled."""

import argparse
import signal
import threading

from suban.config.cli import Commands, set_up_django


def register(commands: Commands) -> None:
    """Add `worker`."""
    command = commands.add_parser(
        "worker",
        help="run a worker: outbox and schedules",
        description="Run one worker until SIGTERM or Ctrl-C. Several may run side by side.",
    )
    command.set_defaults(run=_work)


def _work(_: argparse.Namespace) -> int:
    set_up_django()
    from suban.foundation.tasks import run_worker  # noqa: PLC0415 - needs Django set up

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run_worker(stop)
    return 0
