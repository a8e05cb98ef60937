"""What this context needs from outside: somebody who asks the registers."""

from collections.abc import Mapping
from typing import Any, Protocol

from suban.exchange.errors import RegisterDownError
from suban.exchange.types import Resource
from suban.foundation.ports import Port


class RegisterClient(Protocol):
    """Asks a register of another department."""

    def ask(
        self,
        *,
        resource: Resource,
        query: Mapping[str, str],
        purpose: str,
        case: str,
    ) -> Mapping[str, Any] | None:
        """Return the record found, or None when the register has none.

        :raises RegisterDownError: there is no answer that can be relied on.
        """
        ...


class NoRegisterClient:
    """Used until a platform is configured: every register counts as down, and people upload."""

    def ask(
        self,
        *,
        resource: Resource,
        query: Mapping[str, str],  # noqa: ARG002 - the port's signature
        purpose: str,  # noqa: ARG002 - the port's signature
        case: str,  # noqa: ARG002 - the port's signature
    ) -> Mapping[str, Any] | None:
        """Refuse.

        :raises RegisterDownError: always.
        """
        raise RegisterDownError(
            resource=resource.key, name=resource.name, provider=resource.provider, reason="unconfigured"
        )

    def close(self) -> None:
        """Do nothing: nothing is open."""


register_client: Port[RegisterClient] = Port(NoRegisterClient())
