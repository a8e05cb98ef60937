"""Registered systems, their secrets, and the actor that each of them is in the engine."""

from datetime import datetime

from suban.cases.queries.handled import HandledStatus
from suban.departments.errors import UnknownSystemError
from suban.departments.models import DepartmentSystem
from suban.departments.types import SystemView, Target
from suban.foundation.services.sealing import unseal
from suban.identity.types import Actor, Grant, Role
from suban.kernel.references import make_ref

SEATS = (Role.CLERK, Role.EXAMINER, Role.REVIEWER, Role.DECIDER)


def list_systems() -> list[SystemView]:
    """Return every registered system, by id."""
    return [_view(row) for row in DepartmentSystem.objects.select_related("organ").order_by("key")]


def find_system(key: str) -> SystemView | None:
    """Return a registered system, or None."""
    row = DepartmentSystem.objects.select_related("organ").filter(key=key).first()
    return _view(row) if row else None


def get_target(key: str) -> Target:
    """Return where pushes to a system go.

    :raises UnknownSystemError: it isn't registered, or is switched off.
    """
    row = DepartmentSystem.objects.filter(key=key, enabled=True).first()
    if row is None:
        raise UnknownSystemError("部门系统没有登记，或者已经停用。", system=key)
    return Target(key=row.key, url=row.url, secret=_open(row, row.secret))


def list_secrets(row: DepartmentSystem, *, at: datetime) -> tuple[str, ...]:
    """Return the secrets that are good at `at`: the present one, and the former one for a while."""
    secrets = [_open(row, row.secret)]
    if row.previous_until is not None and row.previous_until > at and bytes(row.previous_secret):
        secrets.append(_open(row, row.previous_secret))
    return tuple(secrets)


def make_actor(status: HandledStatus) -> Actor:
    """Return the system as the engine knows it: the seats of handling, for this matter of this organ only."""
    organs, matters = frozenset({status.organ}), frozenset({status.matter})
    return Actor(
        ref=make_ref("system", status.system),
        name=status.system_name,
        grants=tuple(Grant(role=role, organs=organs, matters=matters) for role in SEATS),
        organ=status.organ,
    )


def _open(row: DepartmentSystem, sealed: bytes | memoryview) -> str:
    return unseal(subject=make_ref("system", row.key), sealed=bytes(sealed))


def _view(row: DepartmentSystem) -> SystemView:
    return SystemView(
        key=row.key,
        name=row.name,
        organ=row.organ.uscc,
        url=row.url,
        enabled=row.enabled,
        has_previous_secret=bool(bytes(row.previous_secret)),
        registered_at=row.registered_at,
        last_heard_at=row.last_heard_at,
    )
