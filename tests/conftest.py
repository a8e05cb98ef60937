"""What every test run stands on: a demo environment in a folder of its own, and no way out of this machine.

Django reads its settings from the environment, so the environment is made here, before Django is loaded:
for that reason pyproject.toml names no settings module to pytest.
"""

import atexit
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import django
import pytest


def _make_environment() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "suban.config.settings"
    os.environ["SUBAN_DEMO"] = "1"
    # A folder for each process: workers of xdist share nothing.
    data = tempfile.mkdtemp(prefix="suban-tests-")
    os.environ["SUBAN_DATA"] = data
    owner = os.getpid()
    # A forked child must not take its parent's folder away.
    atexit.register(lambda: os.getpid() == owner and shutil.rmtree(data, ignore_errors=True))
    from suban.config.environment import Environment  # noqa: PLC0415 - only now is it safe to read

    # A developer's own .env file is no part of a test run.
    Environment.model_config["env_file"] = None
    from django.conf import settings  # noqa: PLC0415 - only now is it safe to load

    assert Path(settings.SUBAN.data) == Path(data)
    # The conftest of a folder named on the command line is loaded before pytest-django sets Django up.
    django.setup()


_make_environment()

ON_POSTGRES: Final = os.environ.get("SUBAN_DATABASE_URL", "").startswith("postgres")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each worker of xdist make its own environment: it would inherit this process's."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to the run on the other database; it isn't skipped, it is tested there."""
    other = "sqlite" if ON_POSTGRES else "postgres"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker(other)]


@pytest.fixture(autouse=True, scope="session")
def _stay_on_this_machine() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        outside = self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in {
            "127.0.0.1",
            "::1",
            "localhost",
        }
        if outside:
            raise AssertionError(f"a test tried to reach {address[0]}: tests stay on this machine")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(autouse=True, scope="session")
def _hash_passwords_cheaply() -> Iterator[None]:
    """Keep argon2, at its least cost: the real one takes a tenth of a second for every made-up account."""
    from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: PLC0415 - needs the settings of above

    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
            patch.setattr(Argon2PasswordHasher, name, value)
        yield


@pytest.fixture(autouse=True, scope="session")
def _let_transactional_tests_be_flushed() -> Iterator[None]:
    """Take the protection of the evidence off while Django empties the tables behind a transactional test."""
    from django.test import TransactionTestCase  # noqa: PLC0415 - needs the settings of above

    from suban.foundation.services.protection import protect_evidence  # noqa: PLC0415 - needs Django set up

    flush = TransactionTestCase._fixture_teardown

    def flush_unprotected(case: TransactionTestCase) -> None:
        if getattr(case, "_atomics", None) or not _is_transactional(case):
            flush(case)
            return
        _drop_protection()
        flush(case)
        protect_evidence()
        _forget_deliveries()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_unprotected)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Make the test database, with nothing waiting in the outbox."""
    with django_db_blocker.unblock():
        _forget_deliveries()


def _forget_deliveries() -> None:
    # The calendar, imported after every migrate and flush, tells those who reckon with days.
    from suban.foundation.models import Delivery  # noqa: PLC0415 - needs Django set up

    Delivery.objects.all().delete()


def _is_transactional(case: Any) -> bool:
    from django.test import TestCase  # noqa: PLC0415 - needs the settings of above

    return not isinstance(case, TestCase)


def _drop_protection() -> None:
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    from suban.foundation.queries.protection import (  # noqa: PLC0415 - needs Django set up
        ACTIONS,
        PROTECTED,
        table_name,
        trigger_name,
    )

    with connection.cursor() as cursor:
        for model in PROTECTED:
            table = table_name(model)
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            for action in ACTIONS[connection.vendor]:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger_name(table, action)}"{on}')
