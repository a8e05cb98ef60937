"""What the context needs from outside: a way to a department's system."""

from datetime import datetime
from typing import Protocol

from suban.departments.errors import SystemDownError
from suban.departments.types import Payload, Target
from suban.foundation.ports import Port


class DepartmentClient(Protocol):
    """Takes what is pushed to a department's system."""

    def push(self, *, target: Target, payload: Payload, at: datetime) -> None:
        """Deliver `payload`; delivered twice it counts once, by its `message_id`.

        :raises SystemDownError: no answer; try again later.
        :raises PushRefusedError: it will not be taken like this.
        """
        ...


class NoDepartmentClient:
    """Used until a client is plugged in: pushes wait in the outbox."""

    def push(self, *, target: Target, payload: Payload, at: datetime) -> None:
        """Refuse: the push stays in the outbox."""
        raise SystemDownError(
            "没有接通部门系统，稍后自动重试。", system=target.key, at=at.isoformat(), fields=len(payload)
        )


department_client: Port[DepartmentClient] = Port(NoDepartmentClient())
