"""Who wants to hear of what, and what runs when. Filled at start by `config.wiring`.

Handlers must be idempotent: a worker killed after the work and before the note of it makes the handler
run again. Handlers of one message, and messages of one stream, run in no promised order.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cronsim import CronSim

from suban.kernel.clock import SHANGHAI, now
from suban.kernel.messages import Message

Handler = Callable[[Any, datetime], None]
Job = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A handler's stable name and the kind of message it takes."""

    name: str
    message_type: type[Message]
    handler: Handler


@dataclass(frozen=True, slots=True)
class ScheduledJob:
    """A recurring job: five-field cron in Asia/Shanghai."""

    name: str
    cron: str
    job: Job


_subscriptions: dict[str, Subscription] = {}
_jobs: dict[str, ScheduledJob] = {}


def subscribe(message_type: type[Message], name: str, handler: Handler) -> None:
    """Let `handler` be called for every message of `message_type` published from now on.

    `name` stands in the outbox rows and must stay the same over releases, as `context.verb_object`.

    :raises ValueError: another subscription has this name.
    """
    known = _subscriptions.get(name)
    if known is not None and known.handler is not handler:
        raise ValueError(f"two subscriptions are named {name}")
    _subscriptions[name] = Subscription(name=name, message_type=message_type, handler=handler)


def schedule(name: str, cron: str, job: Job) -> None:
    """Let `job` run whenever `cron` (Asia/Shanghai) says; after downtime once, late.

    :raises ValueError: another job has this name.
    :raises cronsim.CronSimError: `cron` isn't a cron expression.
    """
    known = _jobs.get(name)
    if known is not None and known.job is not job:
        raise ValueError(f"two scheduled jobs are named {name}")
    CronSim(cron, now().astimezone(SHANGHAI))
    _jobs[name] = ScheduledJob(name=name, cron=cron, job=job)


def subscriptions_to(message_type: type[Message]) -> Iterator[Subscription]:
    """Return who wants messages of `message_type`."""
    return (known for known in _subscriptions.values() if known.message_type is message_type)


def find_subscription(name: str) -> Subscription | None:
    """Return the subscription called `name`."""
    return _subscriptions.get(name)


def list_jobs() -> tuple[ScheduledJob, ...]:
    """Return every scheduled job."""
    return tuple(_jobs.values())


def find_job(name: str) -> ScheduledJob | None:
    """Return the scheduled job called `name`."""
    return _jobs.get(name)


def remove_subscription(name: str) -> None:
    """Forget the subscription called `name` (tests and tools that plug their own)."""
    _subscriptions.pop(name, None)


def remove_job(name: str) -> None:
    """Forget the scheduled job called `name`."""
    _jobs.pop(name, None)
