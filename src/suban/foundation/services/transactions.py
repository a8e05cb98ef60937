"""Transactions said out loud: who opens one, who must be inside one, what waits for its commit.

The outermost service opens `transaction()`; a helper that is only right inside one is marked
`@transaction_required`; what leaves the machine waits in the outbox or in `run_after_commit`.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection
from django.db import transaction as django_transaction

P = ParamSpec("P")
R = TypeVar("R")


def transaction() -> AbstractContextManager[None]:
    """Open the one transaction of a use case; committed as a whole or not at all.

    :raises RuntimeError: one is open already (a service called inside a service).
    """
    return django_transaction.atomic(durable=True)


def savepoint() -> AbstractContextManager[None]:
    """Open a part of the present transaction that may fail on its own."""
    return django_transaction.atomic()


def transaction_required(function: Callable[P, R]) -> Callable[P, R]:
    """Refuse to run `function` outside a transaction."""

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not connection.in_atomic_block:
            raise RuntimeError(f"{function.__qualname__} must run inside a transaction")
        return function(*args, **kwargs)

    return guarded


def run_after_commit(action: Callable[[], None]) -> None:
    """Run `action` once the present transaction is committed; at once when there is none."""
    django_transaction.on_commit(action)
